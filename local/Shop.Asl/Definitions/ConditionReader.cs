using System.Globalization;
using System.Text.Json;
using Shop.Asl.Choices;
using Shop.Asl.Paths;

namespace Shop.Asl.Definitions;

/// <summary>Compiles the rules of Choice states.</summary>
internal static class ConditionReader
{
    /// <returns>Null if the rule is wrong, which has been reported then.</returns>
    public static Condition? Read(Fields rule)
    {
        if (ReadAll(rule, "And") is { } all)
        {
            return new AndCondition(all);
        }

        if (ReadAll(rule, "Or") is { } any)
        {
            return new OrCondition(any);
        }

        if (rule.Has("Not"))
        {
            return ReadNested(rule.Child("Not")) is { } inner ? new NotCondition(inner) : null;
        }

        var variable = rule.Path("Variable");
        if (!rule.Has("Variable"))
        {
            rule.Missing("Variable");
        }

        return ReadComparison(rule, variable);
    }

    private static Condition[]? ReadAll(Fields rule, string name)
    {
        if (!rule.Has(name))
        {
            return null;
        }

        List<Condition> conditions = [];
        var index = 0;
        foreach (var item in rule.List(name))
        {
            if (ReadNested(rule.Of(item, string.Create(CultureInfo.InvariantCulture, $"{rule.At(name)}[{index++}]"))) is { } condition)
            {
                conditions.Add(condition);
            }
        }

        return [.. conditions];
    }

    private static Condition? ReadNested(Fields? rule)
    {
        if (rule is null)
        {
            return null;
        }

        var condition = Read(rule);
        rule.Close();
        return condition;
    }

    private static Condition? ReadComparison(Fields rule, JsonPath? variable)
    {
        List<Condition?> found = [];
        if (rule.Boolean("IsPresent") is { } isPresent)
        {
            found.Add(variable is null ? null : new PresenceCondition(variable, isPresent));
        }

        foreach (var (name, test) in Operators.TypeTests)
        {
            if (rule.Boolean(name) is { } expected)
            {
                found.Add(variable is null ? null : new TypeCondition(variable, test, expected));
            }
        }

        if (rule.Text("StringMatches") is { } pattern)
        {
            found.Add(variable is null ? null : new Comparison(variable, new PatternComparer(pattern), default, null));
        }

        foreach (var (name, comparer) in Operators.Comparers)
        {
            ReadOperator(rule, variable, name, comparer, found);
        }

        if (found is [var only])
        {
            return only;
        }

        if (found.Count > 1)
        {
            rule.Findings.Schema("A rule can have only one comparison operator", rule.Location);
        }
        else
        {
            rule.Findings.Schema("A rule needs one comparison operator with a value of its type", rule.Location);
        }

        return null;
    }

    private static void ReadOperator(Fields rule, JsonPath? variable, string name, Comparer comparer, List<Condition?> found)
    {
        if (rule.TryGet(name, out var constant))
        {
            if (!comparer.Accepts(constant))
            {
                rule.Wrong(name, "of the type that the operator compares");
            }

            found.Add(variable is null ? null : new Comparison(variable, comparer, constant.Clone(), null));
        }

        if (rule.Has(name + "Path"))
        {
            var path = rule.Path(name + "Path");
            found.Add(variable is null || path is null ? null : new Comparison(variable, comparer, default, path));
        }
    }
}
