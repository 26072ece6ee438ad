// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

class QCoreApplication;

namespace Lorikeet {

/// Installs the translation for the user's language, or else English, which has the plurals. The
/// translator lives as long as the application.
void installTranslations(QCoreApplication &application);

} // namespace Lorikeet
