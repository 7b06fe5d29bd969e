; C as well: it is parsed by this grammar.

(preproc_include path: (_) @source) @import
(using_declaration) @import

(function_definition declarator: (_) @name body: (compound_statement) @body) @definition
(declaration declarator: (function_declarator) @name) @definition
(declaration declarator: (pointer_declarator (function_declarator) @name)) @definition
(declaration declarator: (reference_declarator (function_declarator) @name)) @definition
(declaration declarator: (init_declarator declarator: (_) @name value: (_) @body)) @definition
(declaration declarator: (identifier) @name) @definition
(field_declaration declarator: (_) @name) @definition
(struct_specifier name: (_) @name body: (field_declaration_list) @members) @definition
(class_specifier name: (_) @name body: (field_declaration_list) @members) @definition
(union_specifier name: (_) @name body: (field_declaration_list) @members) @definition
(enum_specifier name: (_) @name body: (enumerator_list) @members) @definition
(enumerator name: (_) @name) @definition
(namespace_definition name: (_) @name body: (declaration_list) @members) @definition
(template_declaration (function_definition declarator: (_) @name)) @definition
(template_declaration (class_specifier name: (_) @name)) @definition
(template_declaration (struct_specifier name: (_) @name)) @definition
(type_definition declarator: (_) @name) @definition
(type_definition type: (struct_specifier body: (field_declaration_list) @members) declarator: (_) @name)
(alias_declaration name: (_) @name) @definition
(preproc_def name: (_) @name) @definition
(preproc_function_def name: (_) @name) @definition
