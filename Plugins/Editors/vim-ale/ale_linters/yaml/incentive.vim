" Plans of IncentiveKit, checked by `incentive lsp`.
call ale#Set('yaml_incentive_executable', 'incentive')

function! ale_linters#yaml#incentive#Command(buffer) abort
    return '%e lsp'
endfunction

" Only plans are looked after: they have `plan:` or `extends:` at their top level.
function! ale_linters#yaml#incentive#Root(buffer) abort
    for l:line in getbufline(a:buffer, 1, 200)
        if l:line =~# '\v^(plan|extends):\s+\S'
            return fnamemodify(bufname(a:buffer), ':p:h')
        endif
    endfor
    return ''
endfunction

call ale#linter#Define('yaml', {
\   'name': 'incentive',
\   'lsp': 'stdio',
\   'executable': {b -> ale#Var(b, 'yaml_incentive_executable')},
\   'command': function('ale_linters#yaml#incentive#Command'),
\   'project_root': function('ale_linters#yaml#incentive#Root'),
\   'language': 'yaml',
\})
