using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.StepFunctions;
using Constructs;
using Shop.Cdk.Stacks;

namespace Shop.Cdk.Constructs;

/// <summary>Every state machine of the folder, each with a role for what its definition does.</summary>
internal sealed class Workflows : Construct
{
    private readonly Deployment _deployment;
    private readonly NetworkStack _network;
    private readonly IReadOnlyDictionary<string, string> _values;
    private readonly WorkflowPermissions _permissions;

    public Workflows(Construct scope, string id, Deployment deployment, RegionSettings region, NetworkStack network, TaskFunctions tasks,
        IReadOnlyDictionary<string, string> values) : base(scope, id)
    {
        (_deployment, _network, _values) = (deployment, network, values);
        var peerKey = new Facts(deployment).Read(this, deployment.PeerOf(region)!.RoleName, "key");
        _permissions = new WorkflowPermissions(this, deployment, region, network.Key, values, tasks.Substitutions, peerKey);
        foreach (var name in All(deployment))
        {
            Add(name);
        }
    }

    /// <summary>The names of the definitions in <c>statemachines/</c>.</summary>
    public static IReadOnlyList<string> All(Deployment deployment) =>
    [
        .. Directory.GetFiles(Path.Combine(deployment.Folder, "statemachines"), "*.asl.json")
            .Select(file => Path.GetFileName(file)[..^".asl.json".Length]).Order(System.StringComparer.Ordinal),
    ];

    private void Add(string name)
    {
        var definition = WorkflowDefinition.Of(_deployment, name);
        var pascal = string.Concat(name.Split('-').Select(part => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(part)));
        var role = new Role(this, $"{pascal}Role", new RoleProps { AssumedBy = new ServicePrincipal("states.amazonaws.com"), Description = $"What {name} may do" });
        foreach (var statement in _permissions.Of(name, definition))
        {
            role.AddToPolicy(statement);
        }

        var logs = LogGroups.Create(this, $"{pascal}Logs", _deployment, $"state-machines/{name}", _network.Key);
        _ = new StateMachine(this, pascal, new StateMachineProps
        {
            StateMachineName = _deployment.Name(name),
            StateMachineType = StateMachineType.STANDARD,
            DefinitionBody = DefinitionBody.FromFile(definition.File, new Amazon.CDK.AWS.S3.Assets.AssetOptions()),
            // Exactly what the definition asks for: one that nothing supplies fails here, by name.
            DefinitionSubstitutions = definition.Substitutions.ToDictionary(s => s, s => _values.TryGetValue(s, out var value)
                ? value
                : throw new System.InvalidOperationException($"{name} asks for ${{{s}}}, and nothing supplies it (OrchestrationStack).")),
            Role = role,
            TracingEnabled = true,
            // Histories must survive in the Region that survives.
            Logs = new LogOptions { Destination = logs, Level = LogLevel.ALL, IncludeExecutionData = true },
        });
    }
}
