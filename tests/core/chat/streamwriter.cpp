// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// streamwriter DATABASE: streams an answer into a database without end, until it is killed. Each
// piece is the number of milliseconds since the first, and is also printed.

#include "chat/chatsession.h"
#include "fakechatservice.h"
#include "store/store.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTimer>

#include <cstdio>

using namespace std::chrono_literals;
using namespace Lorikeet;

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    Store store(QCoreApplication::arguments().at(1));
    if (!store.open().result()) {
        return 1;
    }
    FakeChatService service;
    ChatSetup setup;
    setup.endpoint = QUuid::createUuid();
    ChatSession session(Conversation::create(setup, QDateTime::currentDateTimeUtc()), false,
        service, store.conversations(),
        [](QUuid) { return QtFuture::makeReadyValueFuture(Result<Target>()); });
    session.send(QStringLiteral("Count."));

    QElapsedTimer since;
    QTimer pieces;
    QObject::connect(&pieces, &QTimer::timeout, &session, [&] {
        if (!service.last()) {
            return;
        }
        if (!since.isValid()) {
            since.start();
        }
        const QByteArray piece = QByteArray::number(since.elapsed()) + '\n';
        service.last()->text(QString::fromLatin1(piece));
        std::fputs(piece.constData(), stdout);
        std::fflush(stdout);
    });
    pieces.start(5ms);
    return QCoreApplication::exec();
}
