" Drives Plugins/Editors/vim-ale in a real Vim with ALE: opens PLAN, waits for its faults, and writes them to OUT.
set nocompatible hidden noswapfile
for s:folder in glob('/usr/share/vim/**/pack/*/*/ale', 0, 1) + glob('/usr/share/vim-ale', 0, 1)
  execute 'set runtimepath+=' . s:folder
endfor
execute 'set runtimepath+=' . $PLUGIN
let g:ale_linters_explicit = 1
let g:ale_linters = {'yaml': ['incentive']}
let g:ale_yaml_incentive_executable = $INCENTIVE
let g:ale_lint_delay = 0
filetype plugin on
runtime! plugin/ale.vim
execute 'edit ' . fnameescape($PLAN)
set filetype=yaml
ALELint
let s:turn = 0
while s:turn < 300 && empty(ale#engine#GetLoclist(bufnr('')))
  sleep 50m
  let s:turn += 1
endwhile
let s:faults = map(deepcopy(ale#engine#GetLoclist(bufnr(''))), 'v:val.lnum . ":" . v:val.col . " " . v:val.text')
call writefile(s:faults, $OUT)
silent! ALEStopAllLSPs
qall!
