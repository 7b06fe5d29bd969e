(use_declaration argument: (_) @source) @import
(extern_crate_declaration) @import

(function_item name: (_) @name body: (block) @body) @definition
(function_signature_item name: (_) @name) @definition
(struct_item name: (_) @name body: (field_declaration_list) @members) @definition
(struct_item name: (_) @name) @definition
(field_declaration name: (_) @name) @definition
(enum_item name: (_) @name body: (enum_variant_list) @members) @definition
(enum_variant name: (_) @name) @definition
(union_item name: (_) @name body: (field_declaration_list) @members) @definition
(trait_item name: (_) @name body: (declaration_list) @members) @definition
(impl_item type: (_) @name body: (declaration_list) @members) @definition
(mod_item name: (_) @name body: (declaration_list) @members) @definition
(type_item name: (_) @name) @definition
(const_item name: (_) @name) @definition
(const_item name: (_) @name value: (_) @body)
(static_item name: (_) @name value: (_) @body) @definition
(macro_definition name: (_) @name) @definition
(let_declaration pattern: (_) @name value: (_) @body) @definition
