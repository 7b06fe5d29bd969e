(package_clause) @import
(import_declaration) @import
(import_spec path: (_ (interpreted_string_literal_content) @source)) @import

(function_declaration name: (_) @name body: (block) @body) @definition
(method_declaration name: (_) @name body: (block) @body) @definition
(type_declaration (type_spec name: (_) @name type: (struct_type (field_declaration_list) @members))) @definition
(type_declaration (type_spec name: (_) @name type: (interface_type) @members)) @definition
(interface_type (method_elem name: (_) @name) @definition)
(type_declaration (type_spec name: (_) @name)) @definition
(field_declaration name: (_) @name) @definition
(const_declaration . (const_spec name: (_) @name) .) @definition
(const_declaration "(" (const_spec name: (_) @name) @definition)
(var_declaration (var_spec name: (_) @name)) @definition
(var_spec_list (var_spec name: (_) @name) @definition)
(short_var_declaration left: (_) @name right: (_) @body) @definition
