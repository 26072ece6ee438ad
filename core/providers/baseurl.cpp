// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/baseurl.h"

#include <QHostAddress>
#include <QRegularExpression>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// "v1", "v2", "v1beta": what tells that an address already names a version of an API.
bool isVersion(const QString &segment)
{
    static const QRegularExpression version(u"^v[0-9]+([a-z]+[0-9]*)?$"_s);
    return version.match(segment).hasMatch();
}

/// What stands at the end of these segments and is a route.
QStringList routeSegments(const QStringList &segments)
{
    static const QList<QStringList> routes{{u"chat"_s, u"completions"_s}, {u"completions"_s},
        {u"completion"_s}, {u"responses"_s}, {u"messages"_s}, {u"models"_s}, {u"embeddings"_s},
        {u"api"_s, u"chat"_s}, {u"api"_s, u"tags"_s}, {u"api"_s, u"generate"_s}, {u"generate"_s},
        {u"generate_stream"_s}};
    for (const QStringList &route : routes) {
        if (segments.size() >= route.size() && segments.last(route.size()) == route) {
            return route;
        }
    }
    return {};
}

/// The segments of the path, without those that are a route and no place.
QStringList placeSegments(const QUrl &url)
{
    QStringList segments = url.path().split(u'/', Qt::SkipEmptyParts);
    const QStringList route = routeSegments(segments);
    segments.resize(segments.size() - route.size());
    return segments;
}

QUrl withSegments(const QUrl &url, const QStringList &segments)
{
    QUrl result = url;
    result.setFragment(QString());
    result.setPath(segments.isEmpty() ? QString() : u'/' + segments.join(u'/'));
    return result;
}

} // namespace

QUrl endpointUrl(const QString &typed)
{
    const QString text = typed.trimmed();
    const bool hasScheme = text.contains("://"_L1);
    QUrl url(hasScheme ? text : u"http://"_s + text, QUrl::TolerantMode);
    const QString host = url.host();
    if (!url.isValid() || host.isEmpty()) {
        return {};
    }
    QHostAddress address(host);
    if (!hasScheme && address.isNull() && url.port() < 0 && host.contains(u'.')
        && !host.endsWith(".local"_L1)) {
        url.setScheme(u"https"_s);
    }
    if (address == QHostAddress(QHostAddress::AnyIPv4)) {
        url.setHost(u"127.0.0.1"_s);
    } else if (address == QHostAddress(QHostAddress::AnyIPv6)) {
        url.setHost(u"::1"_s);
    }
    return url;
}

EndpointAddress endpointAddress(const QString &typed)
{
    static const QRegularExpression form(u"^unix:(?://)?(/[^:]+)(?::(/.*)?)?$"_s);
    const QRegularExpressionMatch match = form.match(typed.trimmed());
    if (!match.hasMatch()) {
        return {.url = endpointUrl(typed), .unixSocket = {}};
    }
    return {.url = endpointUrl(u"http://localhost"_s + match.captured(2)),
        .unixSocket = match.captured(1)};
}

QUrl openAiBase(const QUrl &typed)
{
    QStringList segments = placeSegments(typed);
    bool namesAnApi = false;
    for (qsizetype i = 0; i < segments.size(); ++i) {
        // "openai" stands for the version in Azure's and Gemini's addresses; the v2 in Predibase's
        // (deployments/v2/llms/NAME) is not that of this API.
        namesAnApi = namesAnApi || segments[i] == u"openai"_s
            || (isVersion(segments[i]) && segments.value(i + 1) != u"llms"_s);
    }
    if (!namesAnApi) {
        segments.append(u"v1"_s);
    }
    return withSegments(typed, segments);
}

QUrl serverRoot(const QUrl &typed)
{
    QStringList segments = placeSegments(typed);
    if (!segments.isEmpty() && isVersion(segments.constLast())) {
        segments.removeLast();
    }
    QUrl root = withSegments(typed, segments);
    root.setQuery(QString());
    return root;
}

std::optional<QUrl> placeAbove(const QUrl &place)
{
    QUrl above = serverRoot(place);
    QStringList segments = above.path().split(u'/', Qt::SkipEmptyParts);
    if (segments.isEmpty()) {
        return std::nullopt;
    }
    segments.removeLast();
    above.setPath(segments.isEmpty() ? QString() : u'/' + segments.join(u'/'));
    above.setQuery(place.query());
    return above;
}

QUrl ollamaRoot(const QUrl &typed)
{
    QUrl root = serverRoot(typed);
    QStringList segments = root.path().split(u'/', Qt::SkipEmptyParts);
    if (!segments.isEmpty() && segments.constLast() == u"api"_s) {
        segments.removeLast();
    }
    return withSegments(root, segments);
}

QUrl geminiBase(const QUrl &typed)
{
    QStringList segments = placeSegments(typed);
    const qsizetype models = segments.indexOf(u"models"_s);
    if (models >= 0) {
        segments.resize(models);
    }
    if (!segments.isEmpty() && segments.constLast() == u"openai"_s) {
        segments.removeLast();
    }
    if (segments.isEmpty() || !isVersion(segments.constLast())) {
        segments.append(u"v1beta"_s);
    }
    QUrl base = withSegments(typed, segments);
    base.setQuery(QString());
    return base;
}

QString routeOf(const QUrl &typed)
{
    return routeSegments(typed.path().split(u'/', Qt::SkipEmptyParts)).join(u'/');
}

QUrl modelsUrl(const QUrl &base) { return besideDeployments(base, u"models"); }

QUrl besideDeployments(const QUrl &base, QStringView path)
{
    const qsizetype deployments = base.path().indexOf("/deployments/"_L1);
    if (deployments < 0 || !base.path().contains("/openai/"_L1)) {
        return joined(base, path);
    }
    QUrl parent = base;
    parent.setPath(base.path().first(deployments));
    return joined(parent, path);
}

QUrl joined(const QUrl &base, QStringView path)
{
    QUrl url = base;
    QString whole = base.path();
    while (whole.endsWith(u'/')) {
        whole.chop(1);
    }
    url.setPath(whole + u'/' + path.toString());
    return url;
}

} // namespace Lorikeet
