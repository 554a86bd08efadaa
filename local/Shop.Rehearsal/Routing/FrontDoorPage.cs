namespace Shop.Rehearsal.Routing;

/// <summary>What a browser shows when the address it has resolved doesn't answer, in words.</summary>
internal static class FrontDoorPage
{
    public static Task WriteAsync(HttpContext context, string region, int status)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.RetryAfter = "1";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(
            $"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>The store can't be reached</title></head>
            <body><h1>The store can't be reached</h1>
            <p>The address of the store still leads to <strong>{region}</strong>, which doesn't answer. When its routing control is off
            and the DNS answer has expired, the same address leads to the other Region.</p>
            <p><a href="/home">Try again</a></p></body></html>
            """,
            context.RequestAborted);
    }
}
