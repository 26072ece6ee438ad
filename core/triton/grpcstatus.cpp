// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "triton/grpcstatus.h"

#include "base/logging.h"

#include <QAbstractSocket>
#include <QGrpcStatus>
#include <QMetaEnum>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Lorikeet::Triton {

namespace {

ApiError::Kind kindOf(QtGrpc::StatusCode code)
{
    switch (code) {
    case QtGrpc::StatusCode::Cancelled:
        return ApiError::Kind::Cancelled;
    case QtGrpc::StatusCode::InvalidArgument:
    case QtGrpc::StatusCode::Unimplemented:
    case QtGrpc::StatusCode::FailedPrecondition:
    case QtGrpc::StatusCode::OutOfRange:
    case QtGrpc::StatusCode::AlreadyExists:
        return ApiError::Kind::BadRequest;
    case QtGrpc::StatusCode::DeadlineExceeded:
        return ApiError::Kind::TotalTimeout;
    case QtGrpc::StatusCode::NotFound:
        return ApiError::Kind::NotFound;
    case QtGrpc::StatusCode::PermissionDenied:
    case QtGrpc::StatusCode::Unauthenticated:
        return ApiError::Kind::Unauthorized;
    case QtGrpc::StatusCode::ResourceExhausted:
        return ApiError::Kind::RateLimited;
    case QtGrpc::StatusCode::Unavailable:
        return ApiError::Kind::Unavailable;
    default:
        return ApiError::Kind::Server;
    }
}

/// Qt's text holds no more than the number of a socket's error.
ApiError networkError(const QString &text, const QString &place)
{
    static const QRegularExpression number(u"([0-9]+)[^0-9]*$"_s);
    ApiError error;
    error.serverMessage = text;
    const int code = number.match(text).captured(1).toInt();
    if (code == QAbstractSocket::SslHandshakeFailedError
        || code == QAbstractSocket::SslInternalError
        || code == QAbstractSocket::SslInvalidUserDataError) {
        error.kind = ApiError::Kind::Tls;
        error.message = u"No secure connection to %1."_s.arg(place);
        return error;
    }
    switch (code) {
    case 0:
        error.kind = ApiError::Kind::Refused;
        error.message
            = u"%1 refuses the connection: nothing listens there, or not for gRPC."_s.arg(place);
        break;
    case 2:
        error.kind = ApiError::Kind::Dns;
        error.message = u"%1 was not found: check the name."_s.arg(place);
        break;
    case 5:
        error.kind = ApiError::Kind::ConnectTimeout;
        error.message = u"%1 did not answer in time: check address and network."_s.arg(place);
        break;
    default:
        error.kind = ApiError::Kind::Unreachable;
        error.message
            = u"The connection to %1 broke off: the server went down, or speaks no gRPC there."_s
                  .arg(place);
    }
    return error;
}

QString sentenceFor(ApiError::Kind kind, const QString &place)
{
    switch (kind) {
    case ApiError::Kind::Cancelled:
        return u"The request was stopped."_s;
    case ApiError::Kind::TotalTimeout:
        return u"%1 did not answer within the time that was set."_s.arg(place);
    case ApiError::Kind::NotFound:
        return u"%1 has no such model, or none that is loaded: choose one that it lists."_s.arg(
            place);
    case ApiError::Kind::Unauthorized:
        return u"%1 has restricted this part of itself: give its access token as the endpoint's "
               "key."_s.arg(place);
    case ApiError::Kind::Unavailable:
        return u"%1 is not ready to answer: it may be starting, overloaded or down."_s.arg(place);
    case ApiError::Kind::BadRequest:
        return u"%1 refused the request: its own words say what to change."_s.arg(place);
    default:
        return u"%1 failed: try again, or look into its log."_s.arg(place);
    }
}

} // namespace

bool isNetworkError(const QGrpcStatus &status)
{
    return status.code() == QtGrpc::StatusCode::Unavailable
        && status.message().contains("Network error"_L1, Qt::CaseInsensitive);
}

bool isFull(const QGrpcStatus &status)
{
    return status.code() == QtGrpc::StatusCode::Unavailable
        && status.message().contains("MaxConcurrentStreams"_L1);
}

bool wasNotProcessed(const QGrpcStatus &status)
{
    return isFull(status)
        || (status.code() == QtGrpc::StatusCode::Unavailable
            && status.message().contains("GOAWAY"_L1));
}

ApiError grpcError(const QGrpcStatus &status, const QString &place)
{
    if (isNetworkError(status)) {
        return networkError(status.message(), place);
    }
    ApiError error;
    // Percent-encoded, as gRPC has it; Qt leaves it so.
    error.serverMessage
        = redacted(QString::fromUtf8(QByteArray::fromPercentEncoding(status.message().toUtf8())));
    error.kind = kindOf(status.code());
    error.code = QString::fromLatin1(
        QMetaEnum::fromType<QtGrpc::StatusCode>().valueToKey(int(status.code())));
    const auto says = [&error](QLatin1StringView words) {
        return error.serverMessage.contains(words, Qt::CaseInsensitive);
    };
    if (says("protocol is restricted"_L1)) { // under UNAVAILABLE, as if the server were down
        error.kind = ApiError::Kind::Unauthorized;
    } else if (says("unknown model"_L1)) {
        error.kind = ApiError::Kind::NotFound;
    }
    error.message = sentenceFor(error.kind, place);
    if (status.code() == QtGrpc::StatusCode::Unimplemented && says("decoupled"_L1)) {
        error.message = u"This model answers in pieces (decoupled): ask it as a stream."_s;
    }
    return error;
}

ApiError streamError(const QString &words, const QString &place)
{
    ApiError error;
    error.kind = ApiError::Kind::Server;
    error.serverMessage = redacted(words);
    if (words.contains("unknown model"_L1, Qt::CaseInsensitive)) {
        error.kind = ApiError::Kind::NotFound;
    }
    error.message = sentenceFor(error.kind, place);
    return error;
}

ApiError unreadableError(const QString &place)
{
    return fail(ApiError::Kind::Protocol,
        u"%1 answered with something that cannot be read: if it compresses its answers, turn that "
        "off (--grpc-infer-response-compression-level=none)."_s.arg(place))
        .value();
}

} // namespace Lorikeet::Triton
