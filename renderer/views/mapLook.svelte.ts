/** What is shown on the map besides what belongs there; forgotten with the window, as test points are best left alone. */
class MapLook {
  test = $state(false)
}

/** The one of this window. */
export const mapLook = new MapLook()
