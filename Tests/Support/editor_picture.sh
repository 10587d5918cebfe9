#!/usr/bin/env bash
# Draws Docs/Pictures/editor.png: a real Neovim in a terminal, in which somebody has typed 9% in place of 8% and saved
# nothing. Run it with the release build there; installs what it needs (Debian: xvfb, xterm, imagemagick, neovim).
set -euo pipefail
cd "$(dirname "$0")/../.."
. Tests/Support/install.sh
install_missing xvfb xterm imagemagick fonts-dejavu-core neovim >&2
incentive="${INCENTIVE:-$PWD/.build/release/incentive}"
work="$(mktemp -d)"
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$work"' EXIT
cp -r Plans/quickstart/. "$work/plan"
cat > "$work/init.vim" <<EOF
set runtimepath+=$PWD/Plugins/Editors/neovim termguicolors background=dark noswapfile noshowcmd noruler laststatus=2
let g:incentive = { 'cmd': ['$incentive', 'lsp'] }
colorscheme slate

highlight IncentiveHint guifg=#ffd479 guibg=NONE
set statusline=\ %t\ %m
EOF
mkfifo "$work/display"
Xvfb -displayfd 3 -screen 0 1000x760x24 3>"$work/display" >/dev/null 2>&1 &
read -r number < "$work/display"
export DISPLAY=":$number" HOME="$work" XDG_CONFIG_HOME="$work/config"
xterm -fa 'DejaVu Sans Mono' -fs 11 -geometry 84x29+0+0 -b 6 -bg '#1c2128' -fg '#d5dbe3' -e \
  nvim -u "$work/init.vim" -i NONE --listen "$work/socket" "$work/plan/plan.yaml" &
ask() { nvim --server "$work/socket" --remote-expr "$1" 2>&1; }
type() { nvim --server "$work/socket" --remote-send "$1"; }
# Waits until a payout at the end of some line holds the text.
await() {
  local marks='string(nvim_buf_get_extmarks(1, nvim_create_namespace("incentive"), 0, -1, {"details": v:true}))'
  for _ in $(seq 300); do
    case "$(ask "$marks")" in *"$1"*) return 0 ;; esac
    sleep 0.1
  done
  echo "no payout shows $1" >&2
  exit 1
}
for _ in $(seq 100); do [ -S "$work/socket" ] && break; sleep 0.1; done
await ' · '
# The plan's name above, its components below; then the rate is typed over.
type ':above 3split<CR>gg3Gzt<C-w>j/^components<CR>zt/rate: 8%<CR>'
type 'f8r9'
await '(+'
type ':echo ""<CR>'
sleep 0.5
import -window root "$work/screen.png"
convert "$work/screen.png" -trim +repage -bordercolor '#1c2128' -border 8 +dither -colors 64 -define png:compression-level=9 \
  PNG8:Docs/Pictures/editor.png
