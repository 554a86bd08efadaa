using Shop.Rehearsal.ControlRoom.Live;

namespace Shop.Rehearsal.ControlRoom;

/// <summary>Serves a file of a report, and nothing else of the folder it lies in.</summary>
internal static class ReportFiles
{
    /// <summary>A report is a page of its own with its styles in it; it runs nothing, and only the control room may frame it.</summary>
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    public static async Task WriteAsync(HttpContext context, IRoom room)
    {
        var id = (string)context.Request.RouteValues["report"]!;
        var name = (string)context.Request.RouteValues["file"]!;
        var report = room.Look().Reports.FirstOrDefault(r => r.Id == id);
        var file = report is null ? null : Directory.GetFiles(report.Folder).FirstOrDefault(f => Path.GetFileName(f) == name);
        if (file is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            await context.Response.WriteAsync("There is no such report.");
            return;
        }

        context.Response.ContentType = Path.GetExtension(name) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".json" => "application/json",
            ".csv" => "text/csv; charset=utf-8",
            _ => "text/plain; charset=utf-8",
        };
        context.Response.Headers.ContentSecurityPolicy = Policy;
        await context.Response.SendFileAsync(file);
    }
}
