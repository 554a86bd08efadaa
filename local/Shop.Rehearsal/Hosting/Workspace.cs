using System.Runtime.InteropServices;

namespace Shop.Rehearsal.Hosting;

/// <summary>Where things lie in the repository: what was built, and what a run may write.</summary>
public sealed class Workspace
{
    private readonly string _buildFolder;

    private Workspace(string root, string buildFolder)
    {
        Root = root;
        _buildFolder = buildFolder;
    }

    public string Root { get; }

    public string Artifacts => Path.Combine(Root, "artifacts");

    public string EndpointsFile => Path.Combine(Artifacts, "local", "endpoints.json");

    /// <summary>Kept between runs: templates of data folders, nothing that can't be made again.</summary>
    public string Cache => Path.Combine(Artifacts, "cache");

    public string StateMachines => Path.Combine(Root, "statemachines");

    /// <summary>Finds the repository above the host's own assembly.</summary>
    public static Workspace Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        // …/bin/<configuration>/net10.0/: functions built beside this host have the same configuration.
        var build = Path.Combine(folder.Parent!.Name, folder.Name);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "serverless.sln")))
        {
            folder = folder.Parent;
        }

        return folder is null
            ? throw new InvalidOperationException("The repository (serverless.sln) was not found above the host's own folder.")
            : new Workspace(folder.FullName, build);
    }

    /// <summary>The assembly of a project, for example <c>functions/Shop.Orders</c>.</summary>
    public string Assembly(string project)
    {
        var path = Path.Combine(Root, project, "bin", _buildFolder, Path.GetFileName(project) + ".dll");
        return File.Exists(path) ? path : throw new FileNotFoundException($"{project} has not been built: run `make build`.", path);
    }

    /// <summary>How a function of this project is started: what <c>make package</c> put into its zip, or the quick build's assembly.</summary>
    public (string File, IReadOnlyList<string> Arguments) Function(string project, bool aheadOfTime)
    {
        if (!aheadOfTime)
        {
            return ("dotnet", [Assembly(project)]);
        }

        var name = Path.GetFileName(project).Replace('.', '-').ToLowerInvariant();
        var path = Path.Combine(Artifacts, "package", $"linux-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}", name, "bootstrap");
        return File.Exists(path) ? (path, []) : throw new FileNotFoundException($"{project} has not been packaged: run `make package`.", path);
    }

    public string NewRunFolder(string kind)
    {
        var path = Path.Combine(Artifacts, kind, $"run-{Environment.ProcessId}-{Guid.CreateVersion7().ToString("N")[20..]}");
        return Directory.CreateDirectory(path).FullName;
    }
}
