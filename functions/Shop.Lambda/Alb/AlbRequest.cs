using Microsoft.AspNetCore.Http;

namespace Shop.Lambda.Alb;

/// <summary>A load balancer's event, read.</summary>
internal sealed class AlbRequest
{
    public string Method { get; set; } = "";

    /// <summary>As the client sent it: still percent-encoded.</summary>
    public string Path { get; set; } = "/";

    /// <summary>With its question mark, still percent-encoded; empty without a query.</summary>
    public string QueryString { get; set; } = "";

    public HeaderDictionary Headers { get; } = [];

    /// <summary>The target group has multi-value headers on, and takes no others in the answer.</summary>
    public bool MultiValue { get; set; }

    public byte[] Body { get; set; } = [];

    /// <summary>The body said it was base64 and is not.</summary>
    public bool HasUnreadableBody { get; set; }
}
