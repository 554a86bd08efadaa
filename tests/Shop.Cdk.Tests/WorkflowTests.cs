using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Shop.Cdk.Tests;

/// <summary>Every state machine gets exactly what its file asks for, may call what it calls, and is started by what should start it.</summary>
public sealed partial class WorkflowTests
{
    private static readonly string Folder = Path.Combine(Templates.Repository, "statemachines");

    public static TheoryData<string, string> Machines()
    {
        var data = new TheoryData<string, string>();
        foreach (var file in Directory.GetFiles(Folder, "*.asl.json"))
        {
            foreach (var role in (string[])["primary", "standby"])
            {
                data.Add(role, Path.GetFileName(file)[..^".asl.json".Length]);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Machines))]
    public void Exactly_what_the_definition_asks_for_is_supplied(string role, string machine)
    {
        var supplied = Substitutions(Machine(role, machine)).Select(s => s.Key).Order(StringComparer.Ordinal);

        Assert.Equal(AskedFor(File.ReadAllText(Path.Combine(Folder, $"{machine}.asl.json"))), supplied);
    }

    [Theory]
    [MemberData(nameof(Machines))]
    public void Every_function_that_is_called_exists_and_may_be_called(string role, string machine)
    {
        var template = Templates.Default[$"{role}-orchestration"];
        var resource = Machine(role, machine);
        var values = Substitutions(resource);
        var called = CalledFunctions(machine).Select(s => values[s]!).ToList();
        var allowed = PolicyOf(template, resource).Where(s => s["Action"].Each().Any(a => a.ToString() == "lambda:InvokeFunction"))
            .SelectMany(s => s["Resource"].Each()).Select(r => r.ToJsonString()).ToHashSet();

        Assert.All(called, function => Assert.Equal("AWS::Lambda::Alias", template.Resources[function["Ref"]!.ToString()].Type()));
        Assert.All(called, function => Assert.Contains(function.ToJsonString(), allowed));
        // And no more than that.
        Assert.Equal(called.Select(c => c.ToJsonString()).Distinct().Count(), allowed.Count);
    }

    [Theory]
    [MemberData(nameof(Machines))]
    public void Every_state_machine_that_is_started_exists_and_may_be_started(string role, string machine)
    {
        var template = Templates.Default[$"{role}-orchestration"];
        var resource = Machine(role, machine);
        var existing = template.Of("AWS::StepFunctions::StateMachine").Select(m => $":stateMachine:{m.Resource.Properties()["StateMachineName"]}").ToList();
        var started = Substitutions(resource).Where(s => s.Key.EndsWith("MachineArn", StringComparison.Ordinal)).Select(s => s.Value.Text()).ToList();
        var allowed = PolicyOf(template, resource).Where(s => s["Action"].Each().Any(a => a.ToString() == "states:StartExecution"))
            .SelectMany(s => s["Resource"].Each()).Select(r => r.Text()).ToHashSet();

        Assert.All(started, arn => Assert.Contains(existing, name => arn.EndsWith(name, StringComparison.Ordinal)));
        Assert.True(allowed.SetEquals(started), $"{machine} starts {string.Join(", ", started)} and may start {string.Join(", ", allowed)}");
    }

    [Theory]
    [InlineData("primary")]
    [InlineData("standby")]
    public void The_alarm_starts_the_failover_of_its_own_Region(string role)
    {
        var alarm = Assert.Single(Templates.Default[$"{role}-observability"].Of("AWS::CloudWatch::CompositeAlarm")).Resource.Properties();
        var orchestration = Templates.Default[$"{role}-orchestration"];
        var rule = Rule(orchestration, "peer-region-down");
        var target = Assert.Single(rule["Targets"].Each());

        Assert.Equal("ENABLED", rule["State"]!.ToString());
        Assert.EndsWith($":alarm:{alarm["AlarmName"]}", Assert.Single(rule["EventPattern"]!["resources"].Each()).Text(), StringComparison.Ordinal);
        Assert.EndsWith($":stateMachine:{Machine(role, "regional-failover").Properties()["StateMachineName"]}", target["Arn"].Text(), StringComparison.Ordinal);
        Assert.Equal(60, target["RetryPolicy"]!["MaximumEventAgeInSeconds"]!.GetValue<int>());
        Assert.InRange(target["RetryPolicy"]!["MaximumRetryAttempts"]!.GetValue<int>(), 0, 3);
        AssertMayStart(orchestration, target, "regional-failover");
        AssertDeadLettersAreWatched(role, target);
    }

    [Theory]
    [InlineData("primary")]
    [InlineData("standby")]
    public void The_alarm_hears_of_alarms_that_exist(string role)
    {
        var template = Templates.Default[$"{role}-observability"];
        var composite = Assert.Single(template.Of("AWS::CloudWatch::CompositeAlarm")).Resource.Properties();
        var existing = template.Of("AWS::CloudWatch::Alarm").Select(a => a.Resource.Properties()["AlarmName"]!.ToString()).ToHashSet();
        var heard = Quoted().Matches(composite["AlarmRule"]!.ToString()).Select(m => m.Groups[1].Value).ToList();

        Assert.Equal(3, heard.Count);
        Assert.All(heard.Append(composite["ActionsSuppressor"]!.ToString()), name => Assert.Contains(name, existing));
    }

    [Theory]
    [InlineData("primary")]
    [InlineData("standby")]
    public void The_clock_starts_preflight(string role)
    {
        var orchestration = Templates.Default[$"{role}-orchestration"];
        var rule = Rule(orchestration, "preflight-schedule");
        var target = Assert.Single(rule["Targets"].Each());

        Assert.Equal("rate(30 minutes)", rule["ScheduleExpression"]!.ToString());
        AssertMayStart(orchestration, target, "preflight");
    }

    [Fact]
    public void Alarms_watch_functions_and_clusters_that_exist()
    {
        var functions = Templates.Default.All("AWS::Lambda::Function").Select(f => f.Resource.Properties()["FunctionName"]!.ToString()).ToHashSet();
        var clusters = Templates.Default.All("AWS::RDS::DBCluster").Select(c => c.Resource.Properties()["DBClusterIdentifier"]!.ToString()).ToHashSet();
        foreach (var (_, id, alarm) in Templates.Default.All("AWS::CloudWatch::Alarm"))
        {
            foreach (var dimension in alarm.Properties()["Dimensions"].Each())
            {
                var (name, value) = (dimension["Name"]!.ToString(), dimension["Value"]!.ToString());
                Assert.True(name != "FunctionName" || functions.Contains(value), $"{id} watches {value}");
                Assert.True(name != "DBClusterIdentifier" || clusters.Contains(value), $"{id} watches {value}");
            }
        }
    }

    [Fact]
    public void A_substitution_that_nobody_supplies_is_found() =>
        Assert.NotEqual(AskedFor("""{"A":"${Region}","B":${Forgotten}}"""), (string[])["Region"]);

    [Fact]
    public void A_definition_with_a_name_that_nothing_supplies_or_an_unknown_call_stops_the_synthesis()
    {
        var folder = Directory.CreateTempSubdirectory("shop-cdk-").FullName;
        try
        {
            Copy(Folder, Path.Combine(folder, "statemachines"));
            Copy(Path.Combine(Templates.Repository, "cdk", "environments"), Path.Combine(folder, "cdk", "environments"));
            Copy(Path.Combine(Templates.Repository, "cdk", "canaries"), Path.Combine(folder, "cdk", "canaries"));
            Copy(Path.Combine(Templates.Repository, "cdk", "placeholder"), Path.Combine(folder, "cdk", "placeholder"));
            File.Copy(Path.Combine(Templates.Repository, "cdk", "cdk.json"), Path.Combine(folder, "cdk", "cdk.json"));
            var file = Path.Combine(folder, "statemachines", "routing-control.asl.json");
            var text = File.ReadAllText(file);

            File.WriteAllText(file, text.Replace("${SetRoutingControlsArn}", "${Forgotten}", StringComparison.Ordinal));
            Assert.Contains("${Forgotten}", Failure(folder), StringComparison.Ordinal);

            File.WriteAllText(file, text.Replace("states:::lambda:invoke", "states:::aws-sdk:iam:deleteRole", StringComparison.Ordinal));
            Assert.Contains("aws-sdk:iam:deleteRole", Failure(folder), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Failure(string folder) =>
        Templates.Alone(() => Assert.ThrowsAny<Exception>(() => StoreApp.Create(folder, Path.Combine(folder, "out")))).Message;

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static JsonObject Machine(string role, string machine) => Templates.Default[$"{role}-orchestration"].Of("AWS::StepFunctions::StateMachine")
        .Single(m => m.Resource.Properties()["StateMachineName"]!.ToString() == $"shop-dev-{machine}").Resource;

    private static Dictionary<string, JsonNode?> Substitutions(JsonObject machine) => machine.Properties()["DefinitionSubstitutions"]!.AsObject().ToDictionary();

    private static IEnumerable<string> AskedFor(string text) => Substitution().Matches(text).Select(m => m.Groups[1].Value).Distinct().Order(StringComparer.Ordinal);

    // The states themselves, not the names of substitutions: what a Task gives Lambda as the function.
    private static IEnumerable<string> CalledFunctions(string machine) =>
        Called().Matches(File.ReadAllText(Path.Combine(Folder, $"{machine}.asl.json"))).Select(m => m.Groups[1].Value).Distinct();

    private static IEnumerable<JsonNode> PolicyOf(Template template, JsonObject machine)
    {
        var role = machine.Properties()["RoleArn"]!["Fn::GetAtt"]![0]!.ToString();
        return template.Of("AWS::IAM::Policy").Where(p => p.Resource.Properties()["Roles"].Each().Any(r => r["Ref"]?.ToString() == role))
            .SelectMany(p => p.Resource.Properties()["PolicyDocument"]!["Statement"].Each());
    }

    private static JsonObject Rule(Template template, string name) =>
        template.Of("AWS::Events::Rule").Single(r => r.Resource.Properties()["Name"]!.ToString() == $"shop-dev-{name}").Resource.Properties();

    private static void AssertMayStart(Template template, JsonNode target, string machine)
    {
        var role = target["RoleArn"]!["Fn::GetAtt"]![0]!.ToString();
        var allowed = template.Of("AWS::IAM::Policy").Where(p => p.Resource.Properties()["Roles"].Each().Any(r => r["Ref"]?.ToString() == role))
            .SelectMany(p => p.Resource.Properties()["PolicyDocument"]!["Statement"].Each()).SelectMany(s => s["Resource"].Each()).Select(r => r.Text());
        Assert.Contains(allowed, arn => arn.EndsWith($":stateMachine:shop-dev-{machine}", StringComparison.Ordinal));
    }

    private static void AssertDeadLettersAreWatched(string role, JsonNode target)
    {
        var queue = target["DeadLetterConfig"]!["Arn"]!["Fn::GetAtt"]![0]!.ToString();
        var name = Templates.Default[$"{role}-orchestration"].Resources[queue].Properties()["QueueName"]!.ToString();
        Assert.Contains(Templates.Default[$"{role}-observability"].Of("AWS::CloudWatch::Alarm"),
            a => a.Resource.Properties()["Dimensions"].Each().Any(d => d["Value"]!.ToString() == name));
    }

    [GeneratedRegex(@"\$\{([A-Za-z0-9]+)\}")]
    private static partial Regex Substitution();

    [GeneratedRegex("""
        "FunctionName"\s*:\s*"\$\{([A-Za-z0-9]+)\}"
        """)]
    private static partial Regex Called();

    [GeneratedRegex("\"([^\"]+)\"")]
    private static partial Regex Quoted();
}
