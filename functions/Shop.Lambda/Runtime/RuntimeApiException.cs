using System.Net;

namespace Shop.Lambda.Runtime;

/// <summary>The Runtime API refused: 403 for an invocation that is not ours any more, 413 for an answer it can't take, 500 to give up.</summary>
internal sealed class RuntimeApiException(HttpStatusCode status, string message) : Exception(message)
{
    public HttpStatusCode Status { get; } = status;
}
