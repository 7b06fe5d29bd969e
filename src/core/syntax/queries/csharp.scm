(using_directive (_) @source) @import

(namespace_declaration name: (_) @name body: (declaration_list) @members) @definition
(file_scoped_namespace_declaration name: (_) @name) @import
(class_declaration name: (_) @name body: (declaration_list) @members) @definition
(struct_declaration name: (_) @name body: (declaration_list) @members) @definition
(record_declaration name: (_) @name) @definition
(interface_declaration name: (_) @name body: (declaration_list) @members) @definition
(enum_declaration name: (_) @name body: (_) @members) @definition
(enum_member_declaration name: (_) @name) @definition
(method_declaration name: (_) @name body: (_) @body) @definition
(method_declaration name: (_) @name !body) @definition
(constructor_declaration name: (_) @name body: (_) @body) @definition
(property_declaration name: (_) @name) @definition
(property_declaration name: (_) @name accessors: (_) @body)
(event_field_declaration (variable_declaration (variable_declarator name: (_) @name))) @definition
(field_declaration (variable_declaration (variable_declarator name: (_) @name))) @definition
(delegate_declaration name: (_) @name) @definition
(local_function_statement name: (_) @name body: (_) @body) @definition
(local_declaration_statement (variable_declaration (variable_declarator name: (_) @name))) @definition
