"""Completion: `shells` has what a shell evaluates, `answers` what it then asks for, `options` what click knows."""
