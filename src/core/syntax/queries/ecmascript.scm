; JavaScript and everything that TypeScript shares with it.

(import_statement source: (string (string_fragment) @source)) @import
(export_statement source: (string (string_fragment) @source)) @import
((lexical_declaration
  (variable_declarator
    value: (call_expression function: (identifier) @_require
      arguments: (arguments (string (string_fragment) @source))))) @import
  (#eq? @_require "require"))

(export_statement declaration: (_ name: (_) @name)) @definition
(export_statement declaration: (_ (variable_declarator name: (_) @name))) @definition

(function_declaration name: (_) @name body: (statement_block) @body) @definition
(generator_function_declaration name: (_) @name body: (statement_block) @body) @definition
(class_declaration name: (_) @name body: (class_body) @members) @definition
(class_body (method_definition name: (_) @name body: (statement_block) @body) @definition)

(lexical_declaration (variable_declarator name: (_) @name value: (_) @body)) @definition
(lexical_declaration (variable_declarator name: (_) @name !value)) @definition
(variable_declaration (variable_declarator name: (_) @name value: (_) @body)) @definition
(variable_declarator name: (_) @name value: (arrow_function body: (statement_block) @body))
(variable_declarator name: (_) @name value: (function_expression body: (statement_block) @body))
(variable_declarator name: (_) @name value: (call_expression arguments: (arguments) @body))
(variable_declarator name: (_) @name value: (new_expression arguments: (arguments) @body))
(variable_declarator name: (_) @name value: (class body: (class_body) @members))

(expression_statement
  (assignment_expression
    left: (member_expression property: (property_identifier) @name)
    right: (function_expression body: (statement_block) @body))) @definition
