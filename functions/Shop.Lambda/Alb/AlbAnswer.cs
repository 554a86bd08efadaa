using Microsoft.AspNetCore.Http;

namespace Shop.Lambda.Alb;

/// <summary>What goes back to the load balancer.</summary>
internal sealed record AlbAnswer(int Status, string? ReasonPhrase, IHeaderDictionary Headers, ReadOnlyMemory<byte> Body);
