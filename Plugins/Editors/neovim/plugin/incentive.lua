-- Attaches `incentive lsp` to plans; see the README beside this folder.
if vim.g.loaded_incentive then return end
vim.g.loaded_incentive = true
require('incentive').setup(vim.g.incentive or {})
