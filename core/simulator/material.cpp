// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/material.h"

#include <QFile>
#include <QHash>

using namespace Qt::StringLiterals;

namespace Lorikeet::Sim {

namespace {

using Sections = QHash<QString, QStringList>;

void readFile(const QString &path, Sections &sections)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        qFatal("The simulator's text %ls is missing from the program", qUtf16Printable(path));
    }
    const QString text = QString::fromUtf8(file.readAll());
    QString section;
    QString variant;
    const auto endVariant = [&] {
        if (const QString trimmed = variant.trimmed(); !section.isEmpty() && !trimmed.isEmpty()) {
            sections[section].append(trimmed);
        }
        variant.clear();
    };
    for (const QStringView line : QStringView(text).split(u'\n')) {
        if (line.startsWith("@@"_L1)) {
            continue;
        }
        if (line.startsWith("@ "_L1)) {
            endVariant();
            section = line.sliced(2).trimmed().toString();
        } else if (line == u'%') {
            endVariant();
        } else {
            variant += line;
            variant += u'\n';
        }
    }
    endVariant();
}

Sections readAll()
{
    Sections sections;
    for (const auto name : {"general"_L1, "code"_L1, "adapters"_L1}) {
        readFile(u":/lorikeet/simulator/material/%1.txt"_s.arg(name), sections);
    }
    return sections;
}

} // namespace

QStringList materialSection(QStringView name)
{
    // Read once; never changed afterwards, so that every thread may look.
    static const Sections sections = readAll();
    return sections.value(name.toString());
}

} // namespace Lorikeet::Sim
