/** When the files of a zip were made: zips begin here, and the same network gives the same bytes. */
export const ZIP_TIME = '1980-01-01T12:00:00'
