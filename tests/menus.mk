# tests of menus
