# man: the manual pages
dist_man_MANS += \
	gateway/man/waymark-backup.1 \
	gateway/man/waymark-desk.1 \
	gateway/man/waymark-erase.1 \
	gateway/man/waymark-export.1 \
	gateway/man/waymark-doctor.1 \
	gateway/man/waymark-facts.1 \
	gateway/man/waymark-line.1 \
	gateway/man/waymark-menus.1 \
	gateway/man/waymark-partners.1 \
	gateway/man/waymark-queue.1 \
	gateway/man/waymark-recruiters.1 \
	gateway/man/waymark-restore.1 \
	gateway/man/waymark-serve.1 \
	gateway/man/waymark-setup.1 \
	gateway/man/waymark-audit.1 \
	gateway/man/waymark-staff.1 \
	gateway/man/waymark-status.1 \
	gateway/man/waymark.1 \
	gateway/man/waymark-menu.5 \
	gateway/man/waymark.conf.5
