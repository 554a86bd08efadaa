using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace Shop.Catalog;

/// <summary>JSON with a strong <c>ETag</c> of its content; 304 to a client that has it already (RFC 9110, section 13).</summary>
internal sealed class ConditionalJson : IResult
{
    private readonly byte[] _body;
    private readonly EntityTagHeaderValue _tag;

    private ConditionalJson(byte[] body, string tag) => (_body, _tag) = (body, new EntityTagHeaderValue($"\"{tag}\""));

    /// <param name="value">The answer.</param>
    /// <param name="type">How it is written.</param>
    /// <param name="headers">What else the client learns with the body, and so belongs to its version.</param>
    public static ConditionalJson Of<T>(T value, JsonTypeInfo<T> type, string headers = "")
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(value, type);
        var hash = SHA256.HashData([.. body, .. Encoding.UTF8.GetBytes(headers)]);
        return new ConditionalJson(body, Convert.ToHexStringLower(hash.AsSpan(0, 16)));
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var headers = httpContext.Response.GetTypedHeaders();
        headers.ETag = _tag;
        headers.CacheControl = new CacheControlHeaderValue { NoCache = true };
        if (IsKnown(httpContext.Request.GetTypedHeaders()))
        {
            httpContext.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        httpContext.Response.ContentType = "application/json; charset=utf-8";
        httpContext.Response.ContentLength = _body.Length;
        await httpContext.Response.Body.WriteAsync(_body, httpContext.RequestAborted);
    }

    private bool IsKnown(RequestHeaders request) =>
        request.IfNoneMatch.Any(t => t.Equals(EntityTagHeaderValue.Any) || t.Compare(_tag, useStrongComparison: false));
}
