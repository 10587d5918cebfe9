;;; incentive.el --- Plans of IncentiveKit, checked and paid out while they are typed  -*- lexical-binding: t; -*-

;; Package-Requires: ((emacs "26.3") (eglot "1.9") (yaml-mode "0.0.14"))

;;; Commentary:

;; A mode for plans, in which eglot talks to `incentive lsp'.  Eglot before 1.12 shows no inlay hints by itself: they
;; are drawn here, at the ends of their lines.

;;; Code:

(require 'eglot)
(require 'yaml-mode)
(require 'subr-x)

(defgroup incentive nil "Plans of IncentiveKit." :group 'tools)

(defcustom incentive-command '("incentive" "lsp")
  "The program that looks after plans, and its arguments."
  :type '(repeat string))

(defcustom incentive-settings nil
  "Settings as a property list, like (:dataFolder \"../data\")."
  :type 'plist)

;;;###autoload
(defun incentive-plan-p ()
  "Whether the buffer is a plan: it has `plan:' or `extends:' at its top level."
  (save-excursion
    (goto-char (point-min))
    (and buffer-file-name
         (string-match-p "\\.ya?ml\\'" buffer-file-name)
         (re-search-forward "^\\(plan\\|extends\\):[ \t]+[^ \t\n]" nil t)
         t)))

;;;###autoload
(define-derived-mode incentive-plan-mode yaml-mode "Plan"
  "A mode for plans of IncentiveKit."
  (incentive-hints-mode 1))

;;;###autoload
(add-to-list 'magic-mode-alist '(incentive-plan-p . incentive-plan-mode))

(add-to-list 'eglot-server-programs
             (cons 'incentive-plan-mode
                   (lambda (&rest _)
                     (append incentive-command
                             (list :initializationOptions (or incentive-settings eglot--{}))))))

(defvar-local incentive--hints nil "The overlays of the hints.")
(defvar-local incentive--timer nil "What draws them soon.")

(defun incentive--draw (buffer)
  "Draw the hints of BUFFER at the ends of their lines."
  (when (buffer-live-p buffer)
    (with-current-buffer buffer
      (when-let ((server (eglot-current-server)))
        (jsonrpc-async-request
         server :textDocument/inlayHint
         (list :textDocument (eglot--TextDocumentIdentifier)
               :range (list :start (list :line 0 :character 0)
                            :end (list :line (line-number-at-pos (point-max)) :character 0)))
         :success-fn
         (lambda (hints)
           (when (buffer-live-p buffer)
             (with-current-buffer buffer (incentive--show hints))))
         :error-fn #'ignore)))))

(defun incentive--show (hints)
  "Show HINTS in the buffer, instead of those that are there."
  (mapc #'delete-overlay incentive--hints)
  (setq incentive--hints nil)
  (save-excursion
    (save-restriction
      (widen)
      (seq-doseq (hint hints)
        (goto-char (point-min))
        (when (zerop (forward-line (plist-get (plist-get hint :position) :line)))
          (let ((overlay (make-overlay (line-end-position) (line-end-position))))
            (overlay-put overlay 'incentive t)
            (overlay-put overlay 'after-string
                         (propertize (concat "  " (plist-get hint :label)) 'face 'shadow))
            (push overlay incentive--hints)))))))

(defun incentive--draw-soon (&rest _)
  "Draw the hints once nothing is typed for a moment."
  (when incentive--timer (cancel-timer incentive--timer))
  (setq incentive--timer (run-with-idle-timer 0.1 nil #'incentive--draw (current-buffer))))

(define-minor-mode incentive-hints-mode
  "Show what is paid at the ends of the lines of a plan."
  :lighter nil
  (if incentive-hints-mode
      (progn
        (add-hook 'after-change-functions #'incentive--draw-soon nil t)
        (add-hook 'after-save-hook #'incentive--draw-soon nil t)
        (add-hook 'eglot-managed-mode-hook #'incentive--draw-soon nil t))
    (remove-hook 'after-change-functions #'incentive--draw-soon t)
    (remove-hook 'after-save-hook #'incentive--draw-soon t)
    (remove-hook 'eglot-managed-mode-hook #'incentive--draw-soon t)
    (incentive--show nil)))

(defun incentive--report (command &rest arguments)
  "Have the server make a report by COMMAND with ARGUMENTS, and show it."
  (let* ((order (append (list :uri (plist-get (eglot--TextDocumentIdentifier) :uri)) arguments))
         (result (jsonrpc-request (eglot--current-server-or-lose) :workspace/executeCommand
                                  (list :command (concat "incentive." command) :arguments (vector order)))))
    (with-current-buffer (get-buffer-create "*incentive*")
      (let ((inhibit-read-only t))
        (erase-buffer)
        (insert (plist-get result :text)))
      (goto-char (point-min))
      (special-mode)
      (display-buffer (current-buffer)))))

(defun incentive-preview ()
  "Show the statement of the plan as it is typed."
  (interactive)
  (incentive--report "previewPayouts"))

(defun incentive-compare ()
  "Show who is better and who is worse off than by the saved plan."
  (interactive)
  (incentive--report "compareWithSaved"))

(defun incentive-explain (payee)
  "Show why PAYEE is paid what they are."
  (interactive (list (read-string "Payee: " (thing-at-point 'symbol))))
  (incentive--report "explainPayout" :payee payee))

(provide 'incentive)
;;; incentive.el ends here
