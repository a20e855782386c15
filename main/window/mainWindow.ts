import { BrowserWindow, dialog, nativeTheme, screen } from 'electron'
import { log } from '../log'
import type { Stored } from '../files/stored'
import { MIN_SIZE, openingBounds, type Place } from './bounds'
import { ORIGIN } from './address'

/** The page's own background, so that nothing flashes before it is drawn. */
const BACKGROUND = { light: '#f3f1ec', dark: '#131311' }
/** How long a page may take to show that it is alive, in ms. */
const ALIVE_LIMIT = 2000
/** More crashes than this within a minute: reloading does not help. */
const MAX_CRASHES = 3
/** Who clicks Close so often within some seconds gets no answer from the page. */
const MAX_CLICKS = 3
const CLICKS_WITHIN = 8000

interface WindowListener {
  /** The person wants to close it: the page has to answer with window:close. */
  onClosing(): void
  /** The page has crashed and is being loaded anew. */
  onCrash(): void
}

/** The window: its place on the screen, its title, and its end. */
export class MainWindow {
  readonly window: BrowserWindow
  /** A page that has never asked for anything does not answer about unsaved changes either. */
  private pageListens = false
  private mayClose = false
  private asking = false
  private closeClicks: number[] = []
  private crashes: number[] = []

  constructor(
    preload: string,
    private readonly place: Stored<Place | undefined>,
    private readonly listener: WindowListener
  ) {
    const workAreas = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()].map((d) => d.workArea)
    const bounds = openingBounds(place.value, workAreas)
    this.window = new BrowserWindow({
      ...bounds,
      minWidth: Math.min(MIN_SIZE.width, bounds.width),
      minHeight: Math.min(MIN_SIZE.height, bounds.height),
      title: 'Netloom',
      show: false,
      autoHideMenuBar: true,
      backgroundColor: this.background,
      webPreferences: {
        preload,
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webviewTag: false,
        spellcheck: false,
        // Training is watched from across the room, and goes on drawing while another window has the focus.
        backgroundThrottling: false
      }
    })
    if (place.value?.maximized) this.window.maximize()
    this.watch()
  }

  /** Loads the page. */
  async load(): Promise<void> {
    await this.window.loadURL(`${ORIGIN}/index.html`)
  }

  /** The page is there and asks for things. */
  markListening(): void {
    this.pageListens = true
  }

  /** "Two moons — Netloom", with a sign of unsaved changes. */
  setTitle(name: string, edited: boolean): void {
    const title = name === '' ? 'Netloom' : `${name} — Netloom`
    this.window.setTitle(edited && process.platform !== 'darwin' ? `• ${title}` : title)
    this.window.setDocumentEdited(edited)
  }

  /** Closes it without asking again. */
  close(): void {
    this.mayClose = true
    this.window.close()
  }

  /** Brings it to the front. */
  focus(): void {
    if (this.window.isMinimized()) this.window.restore()
    this.window.focus()
  }

  private get background(): string {
    return BACKGROUND[nativeTheme.shouldUseDarkColors ? 'dark' : 'light']
  }

  private watch(): void {
    const { window } = this
    const { webContents } = window
    window.once('ready-to-show', () => window.show())
    // The page's <title> does not name the project.
    window.on('page-title-updated', (event) => event.preventDefault())
    window.on('close', (event) => {
      void this.remember()
      if (this.mayClose || !this.pageListens) return
      event.preventDefault()
      void this.askToClose()
    })
    webContents.on('did-fail-load', (_event, code, description, url) =>
      log.error(`${url} did not load: ${description} (${code})`)
    )
    webContents.on('did-start-navigation', (_event, _url, inPlace, mainFrame) => {
      if (mainFrame && !inPlace) this.pageListens = false
    })
    webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
      if (reason === 'clean-exit') return
      log.error(`the window's page has crashed: ${reason} (${exitCode})`)
      this.recoverFromCrash()
    })
    webContents.on('unresponsive', () => log.error("the window's page does not answer"))
    nativeTheme.on('updated', () => {
      if (!window.isDestroyed()) window.setBackgroundColor(this.background)
    })
  }

  private recoverFromCrash(): void {
    this.pageListens = false
    this.listener.onCrash()
    this.crashes = [...this.crashes, Date.now()].filter((at) => Date.now() - at < 60_000)
    if (this.crashes.length <= MAX_CRASHES) return this.window.webContents.reload()
    dialog.showErrorBox(
      'Netloom’s window has crashed several times',
      'Netloom closes now. Your work was kept and is offered when you start it again.'
    )
    this.close()
  }

  /** Asks the page; a page that is stuck cannot answer, so then the person is asked here. */
  private async askToClose(): Promise<void> {
    if (this.asking) return
    this.asking = true
    const now = Date.now()
    this.closeClicks = [...this.closeClicks, now].filter((at) => now - at < CLICKS_WITHIN)
    try {
      this.listener.onClosing()
      if ((await this.pageIsAlive()) && this.closeClicks.length < MAX_CLICKS) return
      const { response } = await dialog.showMessageBox(this.window, {
        type: 'warning',
        message: 'Netloom’s window does not answer.',
        detail:
          'You can wait. If you close it now, the work that was kept last is offered at the next start.',
        buttons: ['Wait', 'Close now'],
        defaultId: 0,
        cancelId: 0
      })
      if (response === 1) this.window.destroy()
    } finally {
      this.asking = false
    }
  }

  private async pageIsAlive(): Promise<boolean> {
    const { webContents } = this.window
    if (webContents.isCrashed()) return false
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), ALIVE_LIMIT)))
    const alive = webContents.executeJavaScript('true').then(
      () => true,
      () => false
    )
    const answer = await Promise.race([alive, late])
    clearTimeout(timer)
    return answer
  }

  private async remember(): Promise<void> {
    const { window } = this
    await this.place.set({ bounds: window.getNormalBounds(), maximized: window.isMaximized() })
  }
}
