(import_statement (string_value (string_content) @source)) @import
(import_statement (call_expression (arguments (string_value (string_content) @source)))) @import

(rule_set (selectors) @name (block) @body) @definition
((rule_set (selectors) @name (block) @members) @definition
  (#match? @name "^:root"))
(media_statement (block) @members) @definition @name
(supports_statement (block) @members) @definition @name
(keyframes_statement (keyframes_name) @name (keyframe_block_list) @body) @definition
((declaration (property_name) @name) @definition
  (#match? @name "^--"))
