(function_signature name: (_) @name) @definition
(abstract_class_declaration name: (_) @name body: (class_body) @members) @definition
(class_body (public_field_definition name: (_) @name) @definition)
(class_body (public_field_definition name: (_) @name value: (_) @body))
(class_body (public_field_definition name: (_) @name value: (arrow_function body: (statement_block) @body)))
(class_body (method_signature name: (_) @name) @definition)
(class_body (abstract_method_signature name: (_) @name) @definition)

(interface_declaration name: (_) @name body: (_) @members) @definition
(interface_body (property_signature name: (_) @name) @definition)
(interface_body (method_signature name: (_) @name) @definition)
(interface_body (call_signature) @definition @name)
(interface_body (index_signature) @definition @name)

(type_alias_declaration name: (_) @name) @definition
(type_alias_declaration name: (_) @name value: (object_type) @members)
(object_type (property_signature name: (_) @name) @definition)
(object_type (method_signature name: (_) @name) @definition)
(enum_declaration name: (_) @name body: (enum_body) @body) @definition
(internal_module name: (_) @name body: (statement_block) @members) @definition
(module name: (_) @name body: (statement_block) @members) @definition
(ambient_declaration (_ name: (_) @name)) @definition
