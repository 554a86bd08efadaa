using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Shop.Ui.Visits;

namespace Shop.Ui.Http;

/// <summary>An HTML answer: a Razor component rendered once, on the server, without a script.</summary>
internal sealed class Page<TComponent>(object? model, int status) : IResult where TComponent : IComponent
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var services = httpContext.RequestServices;
        await services.GetRequiredService<Visit>().CartAsync(httpContext.RequestAborted);

        var parameters = model is null
            ? ParameterView.Empty
            : ParameterView.FromDictionary(new Dictionary<string, object?> { ["Model"] = model });
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        var html = await renderer.Dispatcher.InvokeAsync(
            async () => (await renderer.RenderComponentAsync<TComponent>(parameters)).ToHtmlString());

        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            response.Headers.RetryAfter = "5";
        }

        await response.WriteAsync(html, httpContext.RequestAborted);
    }
}

internal static class Page
{
    /// <summary>How a page is asked for. Given to <c>MapMethods</c> itself: what binds the handler is then written by the compiler, not put together at start.</summary>
    public static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static Page<TComponent> Of<TComponent>(object? model = null, int status = StatusCodes.Status200OK) where TComponent : IComponent =>
        new(model, status);

    /// <summary>A page whose main content could not be read is a 503, however much else it shows.</summary>
    public static Page<TComponent> Of<TComponent>(object model, bool complete) where TComponent : IComponent =>
        new(model, complete ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);

    public static IResult SeeOther(string path) => new SeeOther(path);
}
