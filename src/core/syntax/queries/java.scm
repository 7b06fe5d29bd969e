(import_declaration (_) @source) @import
(package_declaration) @import

(class_declaration name: (_) @name body: (class_body) @members) @definition
(interface_declaration name: (_) @name body: (interface_body) @members) @definition
(enum_declaration name: (_) @name body: (enum_body) @members) @definition
(enum_constant name: (_) @name) @definition
(record_declaration name: (_) @name body: (class_body) @members) @definition
(annotation_type_declaration name: (_) @name body: (_) @members) @definition
(method_declaration name: (_) @name body: (block) @body) @definition
(method_declaration name: (_) @name !body) @definition
(constructor_declaration name: (_) @name body: (_) @body) @definition
(field_declaration declarator: (variable_declarator name: (_) @name)) @definition
(field_declaration declarator: (variable_declarator name: (_) @name value: (_) @body))
(local_variable_declaration declarator: (variable_declarator name: (_) @name)) @definition
(local_variable_declaration declarator: (variable_declarator name: (_) @name value: (_) @body))
