(class_body (field_definition property: (_) @name) @definition)
(class_body (field_definition property: (_) @name value: (_) @body))
