using System.Diagnostics;

namespace Shop.Cdk.Tests.Account;

/// <summary>
/// The scripts of <c>cdk/</c> in a copy of what they need of the repository, against an account that is a folder: <c>aws</c>, <c>cdk</c> and <c>make</c> on the
/// PATH are small scripts beside this file. What a stack brings is read off its synthesized template.
/// </summary>
internal sealed class PlayedAccount : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("shop-account-").FullName;
    private readonly string _environment;

    private PlayedAccount(string environment)
    {
        _environment = environment;
        Directory.CreateDirectory(Account);
    }

    public string Account => Path.Combine(_folder, "account");

    public IReadOnlyList<string> Calls => File.Exists(In("calls")) ? File.ReadAllLines(In("calls")) : [];

    private string Repository => Path.Combine(_folder, "repository");

    public static PlayedAccount Of(Templates templates, string environment)
    {
        var account = new PlayedAccount(environment);
        foreach (var file in Directory.GetFiles(Path.Combine(Templates.Repository, "cdk"), "*.sh").Append(Path.Combine(Templates.Repository, "cdk", "package-lock.json"))
            .Concat(Directory.GetFiles(Path.Combine(Templates.Repository, "statemachines"), "*.asl.json"))
            .Append(Path.Combine(Templates.Repository, "cdk", "environments", "defaults.json")))
        {
            account.Write(Path.Combine("repository", Path.GetRelativePath(Templates.Repository, file)), File.ReadAllText(file), executable: file.EndsWith(".sh", StringComparison.Ordinal));
        }

        foreach (var file in (string[])["ui-container/Dockerfile", "functions/Shop.Contracts/Product.cs", "Directory.Build.props", "Directory.Packages.props", "global.json", "BannedSymbols.txt", ".editorconfig", "artifacts/package/rds-ca-bundle.pem"])
        {
            account.Write(Path.Combine("repository", file), "as it is");
        }

        account.Write("repository/cdk/node_modules/.installed", File.ReadAllText(Path.Combine(Templates.Repository, "cdk", "package-lock.json")));
        var played = Path.Combine(Templates.Repository, "tests", "Shop.Cdk.Tests", "Account");
        account.Write("repository/cdk/node_modules/.bin/cdk", File.ReadAllText(Path.Combine(played, "cdk")), executable: true);
        account.Write("bin/aws", File.ReadAllText(Path.Combine(played, "aws")), executable: true);
        account.Write("bin/make", File.ReadAllText(Path.Combine(played, "make")), executable: true);
        account.Write("account/routing", """{"state": "Off"}""");
        if (environment != "dev")
        {
            File.Copy(Path.Combine(Templates.Repository, "cdk", "checks", "other-choices.json"), Path.Combine(account.Repository, "cdk", "environments", $"{environment}.json"));
        }

        foreach (var template in templates.Stacks.Values)
        {
            account.Write($"account/templates/{template.Name}", string.Join('\n', PlayedResources.Of(template)) + "\n");
        }

        return account;
    }

    /// <summary>As the deployment of some stacks leaves it, or of all, without the minutes that it takes.</summary>
    public static PlayedAccount DeployedOf(Templates templates, string environment, params string[] parts)
    {
        var account = Of(templates, environment);
        foreach (var template in templates.Stacks.Values.Where(t => parts.Length == 0 || parts.Any(p => t.Name.EndsWith(p, StringComparison.Ordinal))))
        {
            foreach (var line in PlayedResources.Of(template).Select(l => l.Split(' ', 4)))
            {
                if (line[1] == "global-clusters")
                {
                    File.AppendAllText(Directory.CreateDirectory(account.In("global-clusters")).FullName + $"/{line[2]}", "");
                    continue;
                }

                account.Put(line[0], line[1], line[2], line[3]);
                if (line[1] == "clusters")
                {
                    File.AppendAllText(Directory.CreateDirectory(account.In("global-clusters")).FullName + $"/{line[2].Replace($"-{line[0]}", "", StringComparison.Ordinal)}", $"arn:aws:rds:{line[0]}:111111111111:cluster:{line[2]}\n");
                }
            }
        }

        return account;
    }

    /// <summary>The call is refused that often, with that error.</summary>
    public void Plant(string pattern, int times, string error) => File.AppendAllText(In("trouble"), $"{pattern}\t{times}\t{error}\n");

    public void Put(string region, string kind, string name, string words) => Write($"account/{region}/{kind}/{name.Replace('/', ':')}", words + "\n");

    public string Read(string file) => File.ReadAllText(In(file));

    public IEnumerable<string> Names(string region, string kind) => Directory.Exists(In($"{region}/{kind}")) ? Directory.GetFiles(In($"{region}/{kind}")).Select(f => Path.GetFileName(f)!) : [];

    /// <summary>All there is: <c>us-east-1/tables/shop-dev-carts</c>.</summary>
    public IEnumerable<string> Everything() => Directory.GetFiles(Account, "*", SearchOption.AllDirectories).Where(f => new FileInfo(f).Length > 0)
        .Select(f => Path.GetRelativePath(Account, f)).Where(f => f.Contains('/', StringComparison.Ordinal) && !f.StartsWith("templates/", StringComparison.Ordinal));

    public Task<(int Code, string Output)> RunAsync(string script, CancellationToken cancellationToken, string? path = null, params (string Name, string Value)[] settings) =>
        BashAsync($"exec cdk/{script}.sh {_environment}", cancellationToken, path, settings);

    /// <summary>One function of the scripts alone.</summary>
    public Task<(int Code, string Output)> CallAsync(string function, CancellationToken cancellationToken) =>
        BashAsync($"set -euo pipefail; . cdk/lib.sh; load_environment {_environment}; {function}", cancellationToken, path: null, []);

    private async Task<(int Code, string Output)> BashAsync(string command, CancellationToken cancellationToken, string? path, (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("bash", ["-c", $"exec 2>&1 </dev/null; {command}"])
        {
            WorkingDirectory = Repository,
            RedirectStandardOutput = true,
        };
        start.Environment["ACCOUNT"] = Account;
        start.Environment["PATH"] = path ?? $"{Path.Combine(_folder, "bin")}:{System.Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["YES"] = "1";
        start.Environment["IMAGE"] = "codebuild";
        start.Environment["POLL_SECONDS"] = "0";
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, output);
    }

    /// <summary>A PATH with the usual tools, but for one.</summary>
    public string PathWithout(string tool)
    {
        var tools = Path.Combine(_folder, "tools");
        Directory.CreateDirectory(tools);
        foreach (var name in (string[])["bash", "env", "node", "npm", "sed", "grep", "find", "sort", "xargs", "sha256sum", "cut", "mktemp", "rm", "tr", "cmp", "dirname", "basename", "cat", "cp", "awk", "head", "wc", "mkdir", "zip", "curl"])
        {
            var file = System.Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(f => Path.Combine(f, name)).FirstOrDefault(File.Exists);
            if (name != tool && file is not null)
            {
                File.CreateSymbolicLink(Path.Combine(tools, name), file);
            }
        }

        return $"{Path.Combine(_folder, "bin")}:{tools}";
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string In(string file) => Path.Combine(Account, file);

    private void Write(string name, string text, bool executable = false)
    {
        var file = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        if (executable)
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
