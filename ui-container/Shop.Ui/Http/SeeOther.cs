namespace Shop.Ui.Http;

/// <summary>303: what was posted is done, get the next page. ASP.NET Core's own redirects are 302, 301, 307 and 308.</summary>
internal sealed class SeeOther(string path) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = path;
        return Task.CompletedTask;
    }
}
