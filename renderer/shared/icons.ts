import type { Component } from 'svelte'
import Server from '@lucide/svelte/icons/server'
import Smartphone from '@lucide/svelte/icons/smartphone'
import FileText from '@lucide/svelte/icons/file-text'
import CodeXml from '@lucide/svelte/icons/code-xml'
import FileCode from '@lucide/svelte/icons/file-code'
import Braces from '@lucide/svelte/icons/braces'
import Box from '@lucide/svelte/icons/box'
import Binary from '@lucide/svelte/icons/binary'
import Archive from '@lucide/svelte/icons/archive'
import Activity from '@lucide/svelte/icons/activity'
import AlignCenterVertical from '@lucide/svelte/icons/align-center-vertical'
import AppWindow from '@lucide/svelte/icons/app-window'
import ArrowLeftRight from '@lucide/svelte/icons/arrow-left-right'
import ArrowRight from '@lucide/svelte/icons/arrow-right'
import ArrowUpToLine from '@lucide/svelte/icons/arrow-up-to-line'
import AudioLines from '@lucide/svelte/icons/audio-lines'
import BookOpen from '@lucide/svelte/icons/book-open'
import Boxes from '@lucide/svelte/icons/boxes'
import Brain from '@lucide/svelte/icons/brain'
import ChartLine from '@lucide/svelte/icons/chart-line'
import ChartPie from '@lucide/svelte/icons/chart-pie'
import ChartScatter from '@lucide/svelte/icons/chart-scatter'
import CalendarDays from '@lucide/svelte/icons/calendar-days'
import CaseSensitive from '@lucide/svelte/icons/case-sensitive'
import Hash from '@lucide/svelte/icons/hash'
import Text from '@lucide/svelte/icons/text'
import Tags from '@lucide/svelte/icons/tags'
import Check from '@lucide/svelte/icons/check'
import ChevronDown from '@lucide/svelte/icons/chevron-down'
import ChevronLeft from '@lucide/svelte/icons/chevron-left'
import ChevronRight from '@lucide/svelte/icons/chevron-right'
import ChevronUp from '@lucide/svelte/icons/chevron-up'
import ChevronsUpDown from '@lucide/svelte/icons/chevrons-up-down'
import CircleDot from '@lucide/svelte/icons/circle-dot'
import CirclePlay from '@lucide/svelte/icons/circle-play'
import CircleQuestionMark from '@lucide/svelte/icons/circle-question-mark'
import Cloud from '@lucide/svelte/icons/cloud'
import Columns3 from '@lucide/svelte/icons/columns-3'
import Copy from '@lucide/svelte/icons/copy'
import Cpu from '@lucide/svelte/icons/cpu'
import Database from '@lucide/svelte/icons/database'
import Diamond from '@lucide/svelte/icons/diamond'
import Dice5 from '@lucide/svelte/icons/dice-5'
import Dices from '@lucide/svelte/icons/dices'
import Download from '@lucide/svelte/icons/download'
import Ellipsis from '@lucide/svelte/icons/ellipsis'
import Eraser from '@lucide/svelte/icons/eraser'
import Expand from '@lucide/svelte/icons/expand'
import Eye from '@lucide/svelte/icons/eye'
import EyeOff from '@lucide/svelte/icons/eye-off'
import FileUp from '@lucide/svelte/icons/file-up'
import Flag from '@lucide/svelte/icons/flag'
import Flower from '@lucide/svelte/icons/flower'
import FolderOpen from '@lucide/svelte/icons/folder-open'
import FoldHorizontal from '@lucide/svelte/icons/fold-horizontal'
import FoldVertical from '@lucide/svelte/icons/fold-vertical'
import Gauge from '@lucide/svelte/icons/gauge'
import GraduationCap from '@lucide/svelte/icons/graduation-cap'
import Grid2x2 from '@lucide/svelte/icons/grid-2x2'
import Grid3x3 from '@lucide/svelte/icons/grid-3x3'
import Hand from '@lucide/svelte/icons/hand'
import HardDriveDownload from '@lucide/svelte/icons/hard-drive-download'
import House from '@lucide/svelte/icons/house'
import Images from '@lucide/svelte/icons/images'
import Info from '@lucide/svelte/icons/info'
import Keyboard from '@lucide/svelte/icons/keyboard'
import Layers from '@lucide/svelte/icons/layers'
import LayoutGrid from '@lucide/svelte/icons/layout-grid'
import Lightbulb from '@lucide/svelte/icons/lightbulb'
import Link from '@lucide/svelte/icons/link'
import List from '@lucide/svelte/icons/list'
import Lock from '@lucide/svelte/icons/lock'
import LockOpen from '@lucide/svelte/icons/lock-open'
import Maximize from '@lucide/svelte/icons/maximize'
import MemoryStick from '@lucide/svelte/icons/memory-stick'
import Merge from '@lucide/svelte/icons/merge'
import Minimize from '@lucide/svelte/icons/minimize'
import Minimize2 from '@lucide/svelte/icons/minimize-2'
import Minus from '@lucide/svelte/icons/minus'
import Monitor from '@lucide/svelte/icons/monitor'
import Moon from '@lucide/svelte/icons/moon'
import MousePointer2 from '@lucide/svelte/icons/mouse-pointer-2'
import PanelLeft from '@lucide/svelte/icons/panel-left'
import Pause from '@lucide/svelte/icons/pause'
import Pencil from '@lucide/svelte/icons/pencil'
import Pin from '@lucide/svelte/icons/pin'
import Play from '@lucide/svelte/icons/play'
import Star from '@lucide/svelte/icons/star'
import History from '@lucide/svelte/icons/history'
import ArrowLeft from '@lucide/svelte/icons/arrow-left'
import Plus from '@lucide/svelte/icons/plus'
import Presentation from '@lucide/svelte/icons/presentation'
import Proportions from '@lucide/svelte/icons/proportions'
import Redo2 from '@lucide/svelte/icons/redo-2'
import RefreshCw from '@lucide/svelte/icons/refresh-cw'
import Repeat from '@lucide/svelte/icons/repeat'
import Repeat2 from '@lucide/svelte/icons/repeat-2'
import RotateCcw from '@lucide/svelte/icons/rotate-ccw'
import RotateCwSquare from '@lucide/svelte/icons/rotate-cw-square'
import Rows3 from '@lucide/svelte/icons/rows-3'
import Ruler from '@lucide/svelte/icons/ruler'
import Save from '@lucide/svelte/icons/save'
import Scale from '@lucide/svelte/icons/scale'
import Scan from '@lucide/svelte/icons/scan'
import ScanLine from '@lucide/svelte/icons/scan-line'
import Search from '@lucide/svelte/icons/search'
import Settings from '@lucide/svelte/icons/settings'
import Shirt from '@lucide/svelte/icons/shirt'
import Shrink from '@lucide/svelte/icons/shrink'
import SkipForward from '@lucide/svelte/icons/skip-forward'
import SlidersHorizontal from '@lucide/svelte/icons/sliders-horizontal'
import SlidersVertical from '@lucide/svelte/icons/sliders-vertical'
import Sparkles from '@lucide/svelte/icons/sparkles'
import Square from '@lucide/svelte/icons/square'
import Stamp from '@lucide/svelte/icons/stamp'
import StepForward from '@lucide/svelte/icons/step-forward'
import Sun from '@lucide/svelte/icons/sun'
import Table from '@lucide/svelte/icons/table'
import Tag from '@lucide/svelte/icons/tag'
import Target from '@lucide/svelte/icons/target'
import TextAlignStart from '@lucide/svelte/icons/text-align-start'
import ToggleRight from '@lucide/svelte/icons/toggle-right'
import Tornado from '@lucide/svelte/icons/tornado'
import Trash2 from '@lucide/svelte/icons/trash-2'
import TrendingUp from '@lucide/svelte/icons/trending-up'
import TrendingUpDown from '@lucide/svelte/icons/trending-up-down'
import TriangleAlert from '@lucide/svelte/icons/triangle-alert'
import Undo2 from '@lucide/svelte/icons/undo-2'
import Unplug from '@lucide/svelte/icons/unplug'
import Upload from '@lucide/svelte/icons/upload'
import VenetianMask from '@lucide/svelte/icons/venetian-mask'
import WandSparkles from '@lucide/svelte/icons/wand-sparkles'
import WholeWord from '@lucide/svelte/icons/whole-word'
import Wrench from '@lucide/svelte/icons/wrench'
import X from '@lucide/svelte/icons/x'
import Zap from '@lucide/svelte/icons/zap'
import Contrast from '@lucide/svelte/icons/contrast'
import MirrorRectangular from '@lucide/svelte/icons/mirror-rectangular'
import Move from '@lucide/svelte/icons/move'
import RotateCw from '@lucide/svelte/icons/rotate-cw'
import SunMedium from '@lucide/svelte/icons/sun-medium'
import ZoomIn from '@lucide/svelte/icons/zoom-in'

/** Lucide's icons that Netloom uses, by Lucide's name. A test fails when a registry object names one that is missing. */
export const icons: { readonly [name: string]: Component } = {
  contrast: Contrast,
  'mirror-rectangular': MirrorRectangular,
  move: Move,
  'rotate-cw': RotateCw,
  'sun-medium': SunMedium,
  'zoom-in': ZoomIn,
  archive: Archive,
  binary: Binary,
  box: Box,
  braces: Braces,
  'code-xml': CodeXml,
  'file-code': FileCode,
  'file-text': FileText,
  server: Server,
  smartphone: Smartphone,
  activity: Activity,
  'align-center-vertical': AlignCenterVertical,
  'app-window': AppWindow,
  'arrow-left-right': ArrowLeftRight,
  'arrow-right': ArrowRight,
  'arrow-up-to-line': ArrowUpToLine,
  'audio-lines': AudioLines,
  'book-open': BookOpen,
  boxes: Boxes,
  brain: Brain,
  'chart-line': ChartLine,
  'chart-pie': ChartPie,
  'chart-scatter': ChartScatter,
  'calendar-days': CalendarDays,
  'case-sensitive': CaseSensitive,
  hash: Hash,
  tags: Tags,
  text: Text,
  check: Check,
  'chevron-down': ChevronDown,
  'chevron-left': ChevronLeft,
  'chevron-right': ChevronRight,
  'chevron-up': ChevronUp,
  'chevrons-up-down': ChevronsUpDown,
  'circle-dot': CircleDot,
  'circle-play': CirclePlay,
  'circle-question-mark': CircleQuestionMark,
  cloud: Cloud,
  'columns-3': Columns3,
  copy: Copy,
  cpu: Cpu,
  database: Database,
  diamond: Diamond,
  'dice-5': Dice5,
  dices: Dices,
  download: Download,
  ellipsis: Ellipsis,
  eraser: Eraser,
  expand: Expand,
  eye: Eye,
  'eye-off': EyeOff,
  'file-up': FileUp,
  flag: Flag,
  flower: Flower,
  'fold-horizontal': FoldHorizontal,
  'fold-vertical': FoldVertical,
  'folder-open': FolderOpen,
  gauge: Gauge,
  'graduation-cap': GraduationCap,
  'grid-2x2': Grid2x2,
  'grid-3x3': Grid3x3,
  hand: Hand,
  'hard-drive-download': HardDriveDownload,
  house: House,
  images: Images,
  info: Info,
  keyboard: Keyboard,
  layers: Layers,
  'layout-grid': LayoutGrid,
  lightbulb: Lightbulb,
  link: Link,
  list: List,
  lock: Lock,
  'lock-open': LockOpen,
  maximize: Maximize,
  'memory-stick': MemoryStick,
  merge: Merge,
  minimize: Minimize,
  'minimize-2': Minimize2,
  minus: Minus,
  monitor: Monitor,
  moon: Moon,
  'mouse-pointer-2': MousePointer2,
  'panel-left': PanelLeft,
  pause: Pause,
  pencil: Pencil,
  pin: Pin,
  play: Play,
  plus: Plus,
  'arrow-left': ArrowLeft,
  history: History,
  star: Star,
  presentation: Presentation,
  proportions: Proportions,
  'redo-2': Redo2,
  'refresh-cw': RefreshCw,
  repeat: Repeat,
  'repeat-2': Repeat2,
  'rotate-ccw': RotateCcw,
  'rotate-cw-square': RotateCwSquare,
  'rows-3': Rows3,
  ruler: Ruler,
  save: Save,
  scale: Scale,
  scan: Scan,
  'scan-line': ScanLine,
  search: Search,
  settings: Settings,
  shirt: Shirt,
  shrink: Shrink,
  'skip-forward': SkipForward,
  'sliders-horizontal': SlidersHorizontal,
  'sliders-vertical': SlidersVertical,
  sparkles: Sparkles,
  square: Square,
  stamp: Stamp,
  'step-forward': StepForward,
  sun: Sun,
  table: Table,
  tag: Tag,
  target: Target,
  'text-align-start': TextAlignStart,
  'toggle-right': ToggleRight,
  tornado: Tornado,
  'trash-2': Trash2,
  'trending-up': TrendingUp,
  'trending-up-down': TrendingUpDown,
  'triangle-alert': TriangleAlert,
  'undo-2': Undo2,
  unplug: Unplug,
  upload: Upload,
  'venetian-mask': VenetianMask,
  'wand-sparkles': WandSparkles,
  'whole-word': WholeWord,
  wrench: Wrench,
  x: X,
  zap: Zap
}
