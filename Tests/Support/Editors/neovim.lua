-- Drives the plugin of Plugins/Editors/neovim in a real Neovim: opens PLAN, waits for faults and payouts, edits a rate,
-- waits for the payouts to move, breaks the plan. Prints what was on the screen as one JSON object.
local out = { version = tostring(vim.version().major) .. '.' .. tostring(vim.version().minor) }
local encode = vim.json and vim.json.encode or vim.fn.json_encode
vim.g.incentive = { cmd = { os.getenv('INCENTIVE'), 'lsp' } }
vim.cmd('runtime plugin/incentive.lua')
vim.cmd('edit ' .. vim.fn.fnameescape(os.getenv('PLAN')))
vim.bo.filetype = 'yaml'
local buf = vim.api.nvim_get_current_buf()
local space = vim.api.nvim_create_namespace('incentive')

local function hints()
  local found = {}
  if vim.lsp.inlay_hint then
    for _, hint in ipairs(vim.lsp.inlay_hint.get({ bufnr = buf })) do
      found[tostring(hint.inlay_hint.position.line + 1)] = hint.inlay_hint.label
    end
  else
    for _, mark in ipairs(vim.api.nvim_buf_get_extmarks(buf, space, 0, -1, { details = true })) do
      found[tostring(mark[2] + 1)] = vim.trim(mark[4].virt_text[1][1])
    end
  end
  return found
end

local function wait_for(label)
  vim.wait(15000, function()
    for _, text in pairs(hints()) do if text == label then return true end end
    return false
  end, 10)
  return hints()
end

local function row(part)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(buf, 0, -1, false)) do
    local column = line:find(part, 1, true)
    if column then return number - 1, column - 1, line end
  end
end

local function put(old, new)
  local number, column = row(old)
  vim.api.nvim_buf_set_text(buf, number, column, number, column + #old, { new })
end

out.before = wait_for('ann · 10,000.00')
put('rate: 10%', 'rate: 12%')
out.after = wait_for('ann · 12,000.00')
out.modified = vim.bo.modified
local clients = (vim.lsp.get_clients or vim.lsp.get_active_clients)()
out.clients = #clients
local line, column = row('method:')
local answer = clients[1].request_sync('textDocument/hover', {
  textDocument = { uri = vim.uri_from_bufnr(buf) }, position = { line = line, character = column + 1 },
}, 5000, buf)
out.hover = answer and answer.result and answer.result.contents.value
put('method: marginal', 'method: marginl')
vim.wait(10000, function() return #vim.diagnostic.get(buf) > 0 end, 10)
out.diagnostics = {}
for _, fault in ipairs(vim.diagnostic.get(buf)) do
  table.insert(out.diagnostics, { line = fault.lnum + 1, column = fault.col + 1, code = fault.code, message = fault.message })
end
require('incentive').report('compareWithSaved')
out.refused = true
put('method: marginl', 'method: marginal')
vim.wait(10000, function() return #vim.diagnostic.get(buf) == 0 end, 10)
out.mended = #vim.diagnostic.get(buf)
vim.cmd('IncentiveCompare')
vim.wait(10000, function() return vim.api.nvim_get_current_buf() ~= buf end, 10)
out.report = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
io.stdout:write(encode(out) .. '\n')
io.stdout:flush()
for _, client in ipairs(clients) do client.stop() end
vim.wait(3000, function() return #(vim.lsp.get_clients or vim.lsp.get_active_clients)() == 0 end, 10)
vim.cmd('cquit 0')
