((call method: (identifier) @_method arguments: (argument_list (string (string_content) @source))) @import
  (#match? @_method "^(require|require_relative|load)$"))

(module name: (_) @name body: (_) @members) @definition
(class name: (_) @name body: (_) @members) @definition
(class name: (_) @name !body) @definition
(method name: (_) @name body: (_) @body) @definition
(method name: (_) @name !body) @definition
(singleton_method name: (_) @name body: (_) @body) @definition
(assignment left: (constant) @name right: (_) @body) @definition
(assignment left: (identifier) @name right: (_) @body) @definition
((call method: (identifier) @_method arguments: (argument_list) @name) @definition
  (#match? @_method "^(attr_(reader|writer|accessor)|include|extend|belongs_to|has_many|has_one|scope)$"))
