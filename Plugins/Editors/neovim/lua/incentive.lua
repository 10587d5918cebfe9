-- Neovim 0.7 and newer: plans of IncentiveKit are checked, and their payouts shown, while they are typed.
local M = { cmd = { 'incentive', 'lsp' }, settings = {} }
local space = vim.api.nvim_create_namespace('incentive')
local has_hints = vim.lsp.inlay_hint ~= nil
local pending = {}

-- A plan says so itself: `plan: NAME` at its top level, or `extends: FILE` of another plan.
local function is_plan(buf)
  for _, line in ipairs(vim.api.nvim_buf_get_lines(buf, 0, 200, false)) do
    if line:match('^plan:%s+[^%s]') or line:match('^extends:%s+[^%s]') then return true end
  end
  return false
end

local function client_of(buf)
  local get = vim.lsp.get_clients or vim.lsp.get_active_clients
  for _, client in ipairs(get()) do
    if client.name == 'incentive' and vim.lsp.buf_is_attached(buf, client.id) then return client end
  end
end

-- Neovim before 0.10 shows no inlay hints of its own: they are drawn here, at the ends of their lines.
local function draw(buf)
  local client = client_of(buf)
  if not client or not vim.api.nvim_buf_is_loaded(buf) then return end
  local params = {
    textDocument = vim.lsp.util.make_text_document_params(buf),
    range = { start = { line = 0, character = 0 }, ['end'] = { line = vim.api.nvim_buf_line_count(buf), character = 0 } },
  }
  client.request('textDocument/inlayHint', params, function(_, hints)
    if not vim.api.nvim_buf_is_valid(buf) then return end
    vim.api.nvim_buf_clear_namespace(buf, space, 0, -1)
    local last = vim.api.nvim_buf_line_count(buf)
    for _, hint in ipairs(hints or {}) do
      if hint.position.line < last then
        vim.api.nvim_buf_set_extmark(buf, space, hint.position.line, 0, {
          virt_text = { { ' ' .. hint.label, 'IncentiveHint' } }, virt_text_pos = 'eol', hl_mode = 'combine',
        })
      end
    end
  end, buf)
end

-- One request for many key strokes.
local function draw_soon(buf)
  if pending[buf] then return end
  pending[buf] = true
  vim.defer_fn(function() pending[buf] = nil; draw(buf) end, 30)
end

local function capabilities()
  local all = vim.lsp.protocol.make_client_capabilities()
  all.workspace = all.workspace or {}
  all.workspace.inlayHint = { refreshSupport = true }
  all.textDocument.inlayHint = { dynamicRegistration = false }
  -- Reports are opened by the commands below.
  all.window = vim.tbl_extend('force', all.window or {}, { showDocument = { support = false } })
  return all
end

local handlers = {}
if not has_hints then
  handlers['workspace/inlayHint/refresh'] = function()
    for _, buf in ipairs(vim.api.nvim_list_bufs()) do
      if client_of(buf) then draw_soon(buf) end
    end
    return vim.NIL
  end
end

local function attached(client, buf)
  if has_hints then
    vim.lsp.inlay_hint.enable(true, { bufnr = buf })
  else
    draw_soon(buf)
    vim.api.nvim_create_autocmd({ 'TextChanged', 'TextChangedI', 'BufWritePost' }, {
      buffer = buf, callback = function() draw_soon(buf) end,
    })
  end
end

local function config()
  return {
    name = 'incentive', cmd = M.cmd, capabilities = capabilities(), handlers = handlers, on_attach = attached,
    init_options = M.settings, settings = { incentive = M.settings }, root_dir = vim.loop.cwd(),
    flags = { debounce_text_changes = 20 },
  }
end

-- Has the server look after a buffer, if it is a plan.
function M.attach(buf)
  if not is_plan(buf) or client_of(buf) then return end
  if vim.lsp.start then
    vim.lsp.start(config(), { bufnr = buf })
  else
    M.id = M.id and vim.lsp.get_client_by_id(M.id) and M.id or vim.lsp.start_client(config())
    if M.id then vim.lsp.buf_attach_client(buf, M.id) end
  end
end

local function show(result)
  if not result or not result.text then return end
  vim.cmd('botright new')
  local buf = vim.api.nvim_get_current_buf()
  vim.bo[buf].buftype, vim.bo[buf].bufhidden, vim.bo[buf].swapfile = 'nofile', 'wipe', false
  vim.api.nvim_buf_set_lines(buf, 0, -1, false, vim.split(result.text, '\n'))
  vim.bo[buf].modifiable = false
end

-- Has the server make a report of the plan in the present buffer, and shows it.
function M.report(command, arguments)
  local buf = vim.api.nvim_get_current_buf()
  local client = client_of(buf)
  if not client then return vim.notify('incentive: this buffer is no plan', vim.log.levels.WARN) end
  local order = vim.tbl_extend('force', { uri = vim.uri_from_bufnr(buf) }, arguments or {})
  client.request('workspace/executeCommand', { command = 'incentive.' .. command, arguments = { order } }, function(err, result)
    if err then return vim.notify('incentive: ' .. err.message, vim.log.levels.ERROR) end
    show(result)
  end, buf)
end

--- The word at the cursor as ids are written: up to blanks, commas, quotes and brackets.
function M.word()
  local line, first = vim.api.nvim_get_current_line(), vim.api.nvim_win_get_cursor(0)[2] + 1
  local last, stop = first, '[%s,;"\'{}%[%]()=:]'
  while first > 1 and not line:sub(first - 1, first - 1):match(stop) do first = first - 1 end
  while last <= #line and not line:sub(last, last):match(stop) do last = last + 1 end
  return line:sub(first, last - 1)
end

function M.setup(options)
  vim.api.nvim_set_hl(0, 'IncentiveHint', { link = 'Comment', default = true })
  M.cmd = options.cmd or M.cmd
  M.settings = options.settings or M.settings
  local group = vim.api.nvim_create_augroup('incentive', { clear = true })
  vim.api.nvim_create_autocmd({ 'BufReadPost', 'BufWritePost', 'FileType' }, {
    group = group, pattern = '*',
    callback = function(event)
      if vim.bo[event.buf].filetype == 'yaml' then M.attach(event.buf) end
    end,
  })
  local command = vim.api.nvim_create_user_command
  -- Neovim 0.7 gives an empty word where newer ones give none.
  local function given(word) return word ~= '' and word or nil end
  command('IncentivePreview', function(call) M.report('previewPayouts', { period = given(call.fargs[1]) }) end, { nargs = '?' })
  command('IncentiveCompare', function(call) M.report('compareWithSaved', { period = given(call.fargs[1]) }) end, { nargs = '?' })
  command('IncentiveExplain', function(call)
    M.report('explainPayout', { payee = given(call.fargs[1]) or M.word(), period = given(call.fargs[2]) })
  end, { nargs = '*' })
end

return M
