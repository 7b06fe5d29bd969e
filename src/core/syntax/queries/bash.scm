((command name: (command_name) @_name argument: (_) @source) @import
  (#match? @_name "^(source|\\.)$"))

(function_definition name: (_) @name body: (_) @body) @definition
(variable_assignment name: (_) @name value: (_) @body) @definition
(declaration_command (variable_assignment name: (_) @name)) @definition
