(import_statement name: (dotted_name) @source) @import
(import_statement name: (aliased_import name: (dotted_name) @source)) @import
(import_from_statement module_name: (_) @source) @import
(future_import_statement) @import

(function_definition name: (_) @name body: (block) @body) @definition
(class_definition name: (_) @name body: (block) @members) @definition
(decorated_definition definition: (_ name: (_) @name)) @definition

(expression_statement (assignment left: (_) @name right: (_) @body)) @definition
(expression_statement (assignment left: (_) @name right: (call arguments: (argument_list) @body)))
(class_definition body: (block (expression_statement (assignment left: (_) @name !right) @definition)))
