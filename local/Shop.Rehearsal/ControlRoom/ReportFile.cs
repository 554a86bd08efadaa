using Shop.Rehearsal.Hosting;

namespace Shop.Rehearsal.ControlRoom;

/// <summary>Serves a file of a report, and nothing else of the folder it lies in.</summary>
internal static class ReportFile
{
    public static async Task WriteAsync(HttpContext context, RehearsalHost host)
    {
        var database = (string)context.Request.RouteValues["database"]!;
        var name = (string)context.Request.RouteValues["file"]!;
        var report = host.Status().Reports.FirstOrDefault(r => r.Database == database);
        var file = report is null ? null : Directory.GetFiles(report.Folder).FirstOrDefault(f => Path.GetFileName(f) == name);
        if (file is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = Path.GetExtension(name) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".json" => "application/json",
            ".csv" => "text/csv; charset=utf-8",
            _ => "text/plain; charset=utf-8",
        };
        await context.Response.SendFileAsync(file);
    }
}
