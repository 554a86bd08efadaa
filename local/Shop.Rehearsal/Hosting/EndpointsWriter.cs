using System.Text.Json;
using Shop.Rehearsal.Aurora;
using Shop.Rehearsal.Supervision;

namespace Shop.Rehearsal.Hosting;

/// <summary>Writes <c>endpoints.json</c> and, beside the run's data, the passwords it points to.</summary>
internal static class EndpointsWriter
{
    private static readonly string[] Machines = ["regional-failover", "aurora-failover", "routing-control", "reconciliation"];

    public static void Write(HostParts parts, Uri frontDoor, Uri controlRoom, string controlToken)
    {
        var tokenFile = Path.Combine(parts.Engines.Folder.FullPath, "control.token");
        PrivateFiles.Write(tokenFile, controlToken);
        var file = new EndpointsFile(
            Text(frontDoor),
            Text(controlRoom),
            new EndpointRoles(parts.Options.Primary, parts.Options.Standby),
            [.. parts.ArcEndpoints.All.Select(e => Text(e.Address))],
            parts.Regions.ToDictionary(r => r.Name, r => Region(parts, r)),
            tokenFile,
            Environment.ProcessId);
        Directory.CreateDirectory(Path.GetDirectoryName(parts.Workspace.EndpointsFile)!);
        var unfinished = parts.Workspace.EndpointsFile + ".tmp";
        File.WriteAllText(unfinished, JsonSerializer.Serialize(file, EndpointsJson.Default.EndpointsFile));
        // Tools wait for the file to appear: it must be whole when it does.
        File.Move(unfinished, parts.Workspace.EndpointsFile, overwrite: true);
    }

    private static RegionEndpoints Region(HostParts parts, LocalRegion region) => new(
        Text(region.LoadBalancer.Address),
        Text(region.Ui!.Address),
        Text(region.Aws.Address),
        Text(region.DynamoDb.Address),
        region.Redis.Endpoint,
        $"amqp://{parts.Broker(region.Name).Endpoint}/{Uri.EscapeDataString(region.Name)}",
        region.S3Folder,
        ((string[])["orders", "catalog"]).ToDictionary(d => d, d => Database(parts, d, region.Name)),
        Machines.ToDictionary(m => m, m => StateMachineDeployment.MachineArn(region.Name, m)));

    private static DatabaseEndpoint Database(HostParts parts, string database, string region)
    {
        var passwordFile = Path.Combine(parts.Engines.Folder.FullPath, $"{database}.password");
        PrivateFiles.Write(passwordFile, parts.Databases.AdminPassword(database));
        return new DatabaseEndpoint("127.0.0.1", int.Parse(parts.Databases.ReaderEndpoint(database, region).Split(':')[1], System.Globalization.CultureInfo.InvariantCulture), Accounts.Admin, passwordFile);
    }

    private static string Text(Uri uri) => uri.GetLeftPart(UriPartial.Authority);
}
