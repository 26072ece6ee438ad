// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "text/entities.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// The named entities that people and models write. The other two thousand stay as they are, which
/// is readable still.
const QHash<QStringView, char32_t> &names()
{
    static const QHash<QStringView, char32_t> table{{u"amp", U'&'}, {u"lt", U'<'}, {u"gt", U'>'},
        {u"quot", U'"'}, {u"apos", U'\''}, {u"nbsp", 0xA0}, {u"iexcl", 0xA1}, {u"cent", 0xA2},
        {u"pound", 0xA3}, {u"yen", 0xA5}, {u"sect", 0xA7}, {u"uml", 0xA8}, {u"copy", 0xA9},
        {u"laquo", 0xAB}, {u"not", 0xAC}, {u"shy", 0xAD}, {u"reg", 0xAE}, {u"deg", 0xB0},
        {u"plusmn", 0xB1}, {u"sup2", 0xB2}, {u"sup3", 0xB3}, {u"acute", 0xB4}, {u"micro", 0xB5},
        {u"para", 0xB6}, {u"middot", 0xB7}, {u"sup1", 0xB9}, {u"raquo", 0xBB}, {u"frac14", 0xBC},
        {u"frac12", 0xBD}, {u"frac34", 0xBE}, {u"iquest", 0xBF}, {u"Auml", 0xC4}, {u"Aring", 0xC5},
        {u"AElig", 0xC6}, {u"Ccedil", 0xC7}, {u"Eacute", 0xC9}, {u"Ntilde", 0xD1}, {u"Ouml", 0xD6},
        {u"times", 0xD7}, {u"Oslash", 0xD8}, {u"Uuml", 0xDC}, {u"szlig", 0xDF}, {u"agrave", 0xE0},
        {u"aacute", 0xE1}, {u"acirc", 0xE2}, {u"auml", 0xE4}, {u"aring", 0xE5}, {u"aelig", 0xE6},
        {u"ccedil", 0xE7}, {u"egrave", 0xE8}, {u"eacute", 0xE9}, {u"ecirc", 0xEA}, {u"euml", 0xEB},
        {u"igrave", 0xEC}, {u"iacute", 0xED}, {u"ntilde", 0xF1}, {u"oacute", 0xF3},
        {u"ocirc", 0xF4}, {u"ouml", 0xF6}, {u"divide", 0xF7}, {u"oslash", 0xF8}, {u"uacute", 0xFA},
        {u"ucirc", 0xFB}, {u"uuml", 0xFC}, {u"Alpha", 0x391}, {u"Beta", 0x392}, {u"Gamma", 0x393},
        {u"Delta", 0x394}, {u"Theta", 0x398}, {u"Lambda", 0x39B}, {u"Pi", 0x3A0}, {u"Sigma", 0x3A3},
        {u"Phi", 0x3A6}, {u"Omega", 0x3A9}, {u"alpha", 0x3B1}, {u"beta", 0x3B2}, {u"gamma", 0x3B3},
        {u"delta", 0x3B4}, {u"epsilon", 0x3B5}, {u"eta", 0x3B7}, {u"theta", 0x3B8},
        {u"lambda", 0x3BB}, {u"mu", 0x3BC}, {u"pi", 0x3C0}, {u"rho", 0x3C1}, {u"sigma", 0x3C3},
        {u"tau", 0x3C4}, {u"phi", 0x3C6}, {u"omega", 0x3C9}, {u"ensp", 0x2002}, {u"emsp", 0x2003},
        {u"thinsp", 0x2009}, {u"zwnj", 0x200C}, {u"zwj", 0x200D}, {u"ndash", 0x2013},
        {u"mdash", 0x2014}, {u"lsquo", 0x2018}, {u"rsquo", 0x2019}, {u"sbquo", 0x201A},
        {u"ldquo", 0x201C}, {u"rdquo", 0x201D}, {u"bdquo", 0x201E}, {u"dagger", 0x2020},
        {u"bull", 0x2022}, {u"hellip", 0x2026}, {u"permil", 0x2030}, {u"prime", 0x2032},
        {u"Prime", 0x2033}, {u"euro", 0x20AC}, {u"trade", 0x2122}, {u"larr", 0x2190},
        {u"uarr", 0x2191}, {u"rarr", 0x2192}, {u"darr", 0x2193}, {u"harr", 0x2194},
        {u"lArr", 0x21D0}, {u"rArr", 0x21D2}, {u"hArr", 0x21D4}, {u"forall", 0x2200},
        {u"part", 0x2202}, {u"exist", 0x2203}, {u"empty", 0x2205}, {u"nabla", 0x2207},
        {u"isin", 0x2208}, {u"notin", 0x2209}, {u"prod", 0x220F}, {u"sum", 0x2211},
        {u"minus", 0x2212}, {u"radic", 0x221A}, {u"infin", 0x221E}, {u"and", 0x2227},
        {u"or", 0x2228}, {u"cap", 0x2229}, {u"cup", 0x222A}, {u"int", 0x222B}, {u"asymp", 0x2248},
        {u"ne", 0x2260}, {u"equiv", 0x2261}, {u"le", 0x2264}, {u"ge", 0x2265}, {u"sub", 0x2282},
        {u"sup", 0x2283}, {u"sdot", 0x22C5}, {u"check", 0x2713}, {u"cross", 0x2717},
        {u"star", 0x2606}, {u"hearts", 0x2665}};
    return table;
}

} // namespace

QString entityText(QStringView entity)
{
    if (entity.size() < 3 || entity.front() != u'&' || entity.back() != u';') {
        return entity.toString();
    }
    const QStringView name = entity.sliced(1, entity.size() - 2);
    if (name.front() != u'#') {
        const char32_t found = names().value(name, 0);
        return found ? QString::fromUcs4(&found, 1) : entity.toString();
    }
    const bool hex = name.size() > 1 && (name[1] == u'x' || name[1] == u'X');
    bool ok = false;
    char32_t code = name.sliced(hex ? 2 : 1).toUInt(&ok, hex ? 16 : 10);
    if (!ok || code == 0 || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) {
        code = 0xFFFD;
    }
    return QString::fromUcs4(&code, 1);
}

QString unescaped(QStringView text)
{
    QString result;
    result.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == u'\\' && i + 1 < text.size() && text[i + 1].unicode() < 128
            && (text[i + 1].isPunct() || text[i + 1].isSymbol())) {
            result += text[++i];
        } else if (const qsizetype end = text[i] == u'&' ? text.indexOf(u';', i) : -1; end > i) {
            result += entityText(text.sliced(i, end - i + 1));
            i = end;
        } else {
            result += text[i];
        }
    }
    return result;
}

} // namespace Lorikeet
