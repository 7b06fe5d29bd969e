// The phrases in other languages that histories are written in, in the form that their commit subjects usually have.
import { english, type Phrases } from "./phrases.js";
import type { LanguageCode } from "./tense.js";

/** Small words around names. */
export interface Words { and: string; more: string; files: string; lockFiles: string; generatedFiles: string; otherFiles: string; changes: string }

const german: Partial<Phrases> = {
  setIn: "{0} in {1} setzen",   check: "{0} in {1} prüfen",   addWith: "{0} mit {1} hinzufügen",   add: "{0} hinzufügen", addTo: "{0} zu {1} hinzufügen", addParameter: "Parameter {0} zu {1} hinzufügen", addOption: "Option {0} hinzufügen", remove: "{0} entfernen", removeFrom: "{0} aus {1} entfernen",
  removeParameter: "Parameter {0} aus {1} entfernen", rename: "{0} in {1} umbenennen", move: "{0} nach {1} verschieben", extract: "{0} aus {1} herauslösen", inline: "{0} in {1} einfügen",
  handleMissing: "fehlendes {0} in {1} behandeln", handleEmpty: "leeres {0} in {1} behandeln", handleErrors: "Fehler in {0} behandeln", reject: "ungültiges {0} in {1} ablehnen", await: "auf {0} in {1} warten",
  close: "{0} in {1} schließen", lock: "{0} in {1} sperren", overflow: "Überlauf in {0} prüfen", escape: "Ausgabe in {0} maskieren", quote: "Variablen in {0} in Anführungszeichen setzen", bounds: "Grenzen in {0} korrigieren",
  pattern: "Muster in {0} korrigieren", use: "{0} in {1} verwenden", useInstead: "{0} statt {1} in {2} verwenden", cache: "Ergebnisse von {0} zwischenspeichern", log: "Protokollierung in {0} ergänzen",
  removeDebug: "Debug-Ausgaben aus {0} entfernen", typo: "Tippfehler in {0} korrigieren", reword: "Meldung in {0} umformulieren", change: "{0} von {1} auf {2} ändern", changeIn: "{0} auf {1} in {2} ändern", update: "{0} anpassen",
  supportIn: "{0} in {1} unterstützen", asyncAwait: "async/await in {0} verwenden", simplify: "{0} vereinfachen", typeHints: "Typen in {0} ergänzen", document: "{0} beschreiben", addSection: "„{0}“ in {1} ergänzen", bumpAll: "{0} aktualisieren",
  format: "{0} formatieren", addTests: "Tests für {0} ergänzen", updateTests: "Tests für {0} anpassen", bump: "{0} von {1} auf {2} aktualisieren", release: "Version {0}", first: "erster Commit", executable: "{0} ausführbar machen",
  notExecutable: "{0} nicht mehr ausführbar machen", regenerate: "{0} neu erzeugen", set: "{0} in {2} auf {1} setzen", ignore: "{0} ignorieren", translate: "Übersetzung {0} hinzufügen",
};
const french: Partial<Phrases> = {
  setIn: "définit {0} dans {1}",   check: "vérifie {0} dans {1}",   addWith: "ajoute {0} avec {1}",   add: "ajoute {0}", addTo: "ajoute {0} à {1}", addParameter: "ajoute le paramètre {0} à {1}", addOption: "ajoute l'option {0}", remove: "supprime {0}", removeFrom: "supprime {0} de {1}", removeParameter: "supprime le paramètre {0} de {1}",
  rename: "renomme {0} en {1}", move: "déplace {0} vers {1}", extract: "extrait {0} de {1}", handleMissing: "gère l'absence de {0} dans {1}", handleEmpty: "gère {0} vide dans {1}", handleErrors: "gère les erreurs dans {0}",
  reject: "refuse {0} invalide dans {1}", close: "ferme {0} dans {1}", bounds: "corrige les bornes dans {0}", pattern: "corrige le motif dans {0}", escape: "échappe la sortie dans {0}", use: "utilise {0} dans {1}",
  useInstead: "utilise {0} au lieu de {1} dans {2}", cache: "met en cache les résultats de {0}", log: "ajoute des journaux à {0}", removeDebug: "supprime les traces de {0}", typo: "corrige une coquille dans {0}", reword: "reformule un message dans {0}",
  change: "change {0} de {1} à {2}", changeIn: "change {0} en {1} dans {2}", update: "met à jour {0}", supportIn: "prend en charge {0} dans {1}", simplify: "simplifie {0}", document: "décrit {0}", addSection: "ajoute « {0} » à {1}", bumpAll: "met à jour {0}",
  format: "formate {0}", addTests: "ajoute des tests pour {0}", updateTests: "met à jour les tests de {0}", bump: "met à jour {0} de {1} à {2}", release: "version {0}", first: "premier commit", set: "passe {0} à {1} dans {2}", ignore: "ignore {0}", translate: "ajoute la traduction {0}",
};
const spanish: Partial<Phrases> = {
  setIn: "define {0} en {1}",   check: "comprueba {0} en {1}",   addWith: "añade {0} con {1}",   add: "añade {0}", addTo: "añade {0} a {1}", addParameter: "añade el parámetro {0} a {1}", addOption: "añade la opción {0}", remove: "elimina {0}", removeFrom: "elimina {0} de {1}", removeParameter: "elimina el parámetro {0} de {1}",
  rename: "renombra {0} a {1}", move: "mueve {0} a {1}", extract: "extrae {0} de {1}", handleMissing: "maneja la falta de {0} en {1}", handleEmpty: "maneja {0} vacío en {1}", handleErrors: "maneja errores en {0}", reject: "rechaza {0} inválido en {1}",
  close: "cierra {0} en {1}", bounds: "corrige los límites en {0}", pattern: "corrige el patrón en {0}", use: "usa {0} en {1}", useInstead: "usa {0} en vez de {1} en {2}", cache: "guarda en caché los resultados de {0}", typo: "corrige una errata en {0}",
  change: "cambia {0} de {1} a {2}", changeIn: "cambia {0} a {1} en {2}", update: "actualiza {0}", supportIn: "admite {0} en {1}", simplify: "simplifica {0}", document: "describe {0}", addSection: "añade «{0}» a {1}", bumpAll: "actualiza {0}", format: "formatea {0}",
  addTests: "añade pruebas de {0}", updateTests: "actualiza las pruebas de {0}", bump: "actualiza {0} de {1} a {2}", release: "versión {0}", first: "commit inicial", set: "pone {0} a {1} en {2}", ignore: "ignora {0}", translate: "añade la traducción {0}",
};
const portuguese: Partial<Phrases> = {
  setIn: "define {0} em {1}",   check: "verifica {0} em {1}",   addWith: "adiciona {0} com {1}",   add: "adiciona {0}", addTo: "adiciona {0} a {1}", addParameter: "adiciona o parâmetro {0} a {1}", addOption: "adiciona a opção {0}", remove: "remove {0}", removeFrom: "remove {0} de {1}", removeParameter: "remove o parâmetro {0} de {1}",
  rename: "renomeia {0} para {1}", move: "move {0} para {1}", extract: "extrai {0} de {1}", handleMissing: "trata a falta de {0} em {1}", handleEmpty: "trata {0} vazio em {1}", handleErrors: "trata erros em {0}", close: "fecha {0} em {1}",
  bounds: "corrige os limites em {0}", use: "usa {0} em {1}", useInstead: "usa {0} em vez de {1} em {2}", change: "muda {0} de {1} para {2}", changeIn: "muda {0} para {1} em {2}", update: "atualiza {0}", simplify: "simplifica {0}",
  document: "descreve {0}", addSection: "adiciona \"{0}\" a {1}", bumpAll: "atualiza {0}", format: "formata {0}", addTests: "adiciona testes para {0}", updateTests: "atualiza os testes de {0}", bump: "atualiza {0} de {1} para {2}", release: "versão {0}", first: "commit inicial",
};
const chinese: Partial<Phrases> = {
  setIn: "在 {1} 中设置 {0}",   check: "在 {1} 中检查 {0}",   addWith: "使用 {1} 新增 {0}",   add: "新增 {0}", addTo: "为 {1} 新增 {0}", addParameter: "为 {1} 新增参数 {0}", addOption: "新增选项 {0}", remove: "移除 {0}", removeFrom: "从 {1} 移除 {0}", removeParameter: "移除 {1} 的参数 {0}", rename: "将 {0} 重命名为 {1}", move: "将 {0} 移动到 {1}",
  extract: "从 {1} 提取 {0}", handleMissing: "处理 {1} 中 {0} 缺失的情况", handleEmpty: "处理 {1} 中 {0} 为空的情况", handleErrors: "处理 {0} 中的错误", reject: "在 {1} 中拒绝无效的 {0}", await: "在 {1} 中等待 {0}", close: "在 {1} 中关闭 {0}", lock: "在 {1} 中锁定 {0}",
  bounds: "修正 {0} 的边界", pattern: "修正 {0} 的匹配模式", use: "在 {1} 中使用 {0}", useInstead: "在 {2} 中用 {0} 代替 {1}", cache: "缓存 {0} 的结果", log: "为 {0} 增加日志", removeDebug: "移除 {0} 的调试输出", typo: "修正 {0} 中的笔误", reword: "调整 {0} 的提示信息",
  change: "将 {0} 从 {1} 改为 {2}", changeIn: "在 {2} 中将 {0} 改为 {1}", update: "更新 {0}", supportIn: "{1} 支持 {0}", simplify: "简化 {0}", document: "补充 {0} 的说明", addSection: "在 {1} 中新增“{0}”", bumpAll: "升级 {0}", format: "格式化 {0}", addTests: "为 {0} 添加测试",
  updateTests: "更新 {0} 的测试", bump: "将 {0} 从 {1} 升级到 {2}", release: "发布 {0}", first: "初始提交", set: "在 {2} 中将 {0} 设为 {1}", ignore: "忽略 {0}", translate: "新增翻译 {0}",
};
const japanese: Partial<Phrases> = {
  setIn: "{1} で {0} を設定",   check: "{1} で {0} を確認",   addWith: "{1} を使って {0} を追加",   add: "{0} を追加", addTo: "{1} に {0} を追加", addParameter: "{1} に引数 {0} を追加", addOption: "オプション {0} を追加", remove: "{0} を削除", removeFrom: "{1} から {0} を削除", removeParameter: "{1} の引数 {0} を削除", rename: "{0} を {1} に改名", move: "{0} を {1} へ移動",
  extract: "{1} から {0} を切り出し", handleMissing: "{1} で {0} がない場合に対応", handleEmpty: "{1} で {0} が空の場合に対応", handleErrors: "{0} のエラー処理を追加", close: "{1} で {0} を閉じる", bounds: "{0} の範囲を修正", pattern: "{0} のパターンを修正",
  use: "{1} で {0} を使用", useInstead: "{2} で {1} の代わりに {0} を使用", cache: "{0} の結果をキャッシュ", log: "{0} にログを追加", typo: "{0} の誤字を修正", change: "{0} を {1} から {2} に変更", changeIn: "{2} の {0} を {1} に変更", update: "{0} を更新",
  simplify: "{0} を簡素化", document: "{0} の説明を追加", addSection: "{1} に「{0}」を追加", bumpAll: "{0} を更新", format: "{0} を整形", addTests: "{0} のテストを追加", updateTests: "{0} のテストを更新", bump: "{0} を {1} から {2} に更新", release: "{0} をリリース", first: "最初のコミット",
};
const russian: Partial<Phrases> = {
  setIn: "задать {0} в {1}",   check: "проверять {0} в {1}",   addWith: "добавить {0} с {1}",   add: "добавить {0}", addTo: "добавить {0} в {1}", addParameter: "добавить параметр {0} в {1}", addOption: "добавить опцию {0}", remove: "удалить {0}", removeFrom: "удалить {0} из {1}", removeParameter: "удалить параметр {0} из {1}", rename: "переименовать {0} в {1}",
  move: "перенести {0} в {1}", extract: "выделить {0} из {1}", handleMissing: "обработать отсутствие {0} в {1}", handleErrors: "обработать ошибки в {0}", bounds: "исправить границы в {0}", use: "использовать {0} в {1}", useInstead: "использовать {0} вместо {1} в {2}",
  change: "изменить {0} с {1} на {2}", changeIn: "изменить {0} на {1} в {2}", update: "обновить {0}", simplify: "упростить {0}", document: "описать {0}", format: "отформатировать {0}", addTests: "добавить тесты для {0}", updateTests: "обновить тесты для {0}",
  bump: "обновить {0} с {1} до {2}", bumpAll: "обновить {0}", release: "версия {0}", first: "первый коммит",
};

/** What a language has no phrase for is said in English. */
export const phrases: Readonly<Record<LanguageCode, Phrases>> = {
  en: english, de: { ...english, ...german }, fr: { ...english, ...french }, es: { ...english, ...spanish }, pt: { ...english, ...portuguese },
  zh: { ...english, ...chinese }, ja: { ...english, ...japanese }, ru: { ...english, ...russian },
};

const englishWords: Words = { and: "and", more: "more", files: "files", lockFiles: "lock files", generatedFiles: "generated files", otherFiles: "files not looked into", changes: "more changes" };
export const smallWords: Readonly<Record<LanguageCode, Words>> = {
  en: englishWords,
  de: { and: "und", more: "weitere", files: "Dateien", lockFiles: "Lock-Dateien", generatedFiles: "erzeugte Dateien", otherFiles: "nicht angesehene Dateien", changes: "weitere Änderungen" },
  fr: { and: "et", more: "autres", files: "fichiers", lockFiles: "fichiers de verrouillage", generatedFiles: "fichiers générés", otherFiles: "fichiers non examinés", changes: "autres changements" },
  es: { and: "y", more: "más", files: "archivos", lockFiles: "archivos de bloqueo", generatedFiles: "archivos generados", otherFiles: "archivos sin examinar", changes: "cambios más" },
  pt: { and: "e", more: "mais", files: "arquivos", lockFiles: "arquivos de lock", generatedFiles: "arquivos gerados", otherFiles: "arquivos não examinados", changes: "outras mudanças" },
  zh: { and: "和", more: "项", files: "个文件", lockFiles: "个锁文件", generatedFiles: "个生成的文件", otherFiles: "个未查看的文件", changes: "项其他更改" },
  ja: { and: "と", more: "件", files: "ファイル", lockFiles: "ロックファイル", generatedFiles: "生成ファイル", otherFiles: "未確認ファイル", changes: "件の変更" },
  ru: { and: "и", more: "ещё", files: "файлов", lockFiles: "lock-файлов", generatedFiles: "сгенерированных файлов", otherFiles: "непросмотренных файлов", changes: "других изменений" },
};
