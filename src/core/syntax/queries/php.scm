(namespace_definition name: (_)) @import
(namespace_use_declaration (namespace_use_clause . (_) @source)) @import

(function_definition name: (_) @name body: (_) @body) @definition
(class_declaration name: (_) @name body: (declaration_list) @members) @definition
(interface_declaration name: (_) @name body: (declaration_list) @members) @definition
(trait_declaration name: (_) @name body: (declaration_list) @members) @definition
(enum_declaration name: (_) @name body: (_) @members) @definition
(enum_case name: (_) @name) @definition
(method_declaration name: (_) @name body: (_) @body) @definition
(method_declaration name: (_) @name !body) @definition
(property_declaration (property_element name: (_) @name)) @definition
(const_declaration (const_element . (_) @name)) @definition
(use_declaration (_) @name) @definition
(expression_statement (assignment_expression left: (variable_name) @name right: (_) @body)) @definition
