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

    public string NewRunFolder(string kind)
    {
        var path = Path.Combine(Artifacts, kind, $"run-{Environment.ProcessId}-{Guid.CreateVersion7().ToString("N")[20..]}");
        return Directory.CreateDirectory(path).FullName;
    }
}
