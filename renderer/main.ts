import '@fontsource-variable/inter/opsz.css'
import '@fontsource-variable/jetbrains-mono/wght.css'
import '@xyflow/svelte/dist/base.css'
import './tokens.css'
import './app.css'
import { mount } from 'svelte'
import App from './App.svelte'
import { polyfillWithResolvers } from './shared/polyfill'

polyfillWithResolvers()
mount(App, { target: document.getElementById('app')! })
