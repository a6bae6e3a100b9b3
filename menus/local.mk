# menus: what an NGO edits, and the pure engine that walks a caller through it
noinst_LIBRARIES += libmenus.a
libmenus_a_SOURCES = \
	locales/catalog.c locales/catalog.h \
	locales/catalog_inside.h locales/catalog_read.c \
	locales/read_po.c locales/read_po.h \
	menus/check_facts.c \
	menus/answer_forms.c menus/answer_forms.h \
	locales/fit.c locales/fit.h \
	locales/review.c locales/review.h \
	locales/kept_po.c locales/kept_po.h locales/po_write.c \
	locales/po_csv.c locales/po_csv.h locales/po_csv_read.c \
	locales/po_update.c locales/po_update.h \
	menus/check_languages.c \
	menus/check_texts.c \
	menus/directory.c menus/directory.h \
	menus/expression.c menus/expression.h \
	menus/facts.c menus/facts.h \
	menus/finding.h \
	menus/forbidden_words.c menus/forbidden_words.h \
	menus/keywords.c menus/keywords.h \
	menus/link_check.c menus/link_check.h \
	menus/lookup.c menus/lookup.h \
	menus/lookup_licence.c \
	menus/lookup_name.c \
	menus/lookup_parts.h \
	menus/menu.c menus/menu.h \
	menus/menu_check.c menus/menu_check.h \
	menus/menu_cost.c menus/menu_cost.h \
	menus/menu_diff.c menus/menu_diff.h \
	menus/menu_diff_inside.h \
	menus/menu_diff_screen.c \
	menus/menu_diff_corridor.c \
	menus/menu_say.c menus/menu_say.h \
	menus/menu_graph.c menus/menu_graph.h \
	menus/menu_inside.h \
	menus/menu_link.c menus/menu_link.h \
	menus/menu_load.c menus/menu_load.h \
	menus/menu_read.c menus/menu_read.h \
	menus/menu_trial.c menus/menu_trial.h \
	menus/menu_walk.c menus/menu_walk.h \
	menus/placeholders.c menus/placeholders.h \
	menus/read_kinds.c menus/read_kinds.h \
	menus/read_lists.c menus/read_lists.h \
	menus/read_lookup.c menus/read_lookup.h \
	menus/read_screen.c menus/read_screen.h \
	menus/reply_templates.c menus/reply_templates.h \
	menus/screen_index.c menus/screen_index.h \
	menus/screen_targets.c menus/screen_targets.h \
	menus/screen_text.c menus/screen_text.h \
	menus/sound_key.c menus/sound_key.h \
	menus/sound_letters.c menus/sound_letters.h \
	menus/stepping.h \
	menus/system_texts.c menus/system_texts.h \
	menus/progress.c menus/progress.h \
	menus/template.c menus/template.h menus/template_room.c \
	menus/walk_answer.c \
	menus/walk_bytes.c \
	menus/walk_command.c menus/walk_count.c \
	menus/walk_guard.c \
	menus/walk_language.c \
	menus/walk_lookup.c \
	menus/walk_lookup_say.c \
	menus/walk_moods.c \
	menus/walk_move.c \
	menus/walk_prompt.c \
	menus/walk_say.c \
	menus/speak_date.c \
	menus/csv_table.c menus/csv_table.h \
	menus/read_options.c \
	menus/read_words.c \
	menus/check_home.c \
	menus/check_lengths.c \
	menus/walk_obey.c \
	menus/walk_request.c \
	menus/walk_values.c menus/walk_values.h \
	menus/walk_zawgyi.c
MENUS_LIBS = libmenus.a $(CONFIG_LIBS) $(SQLITE_LIBS) $(GETTEXTPO_LIBS) -lm
EXTRA_DIST += menus/README.md
