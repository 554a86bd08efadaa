using Shop.Rehearsal.CloudWatch;

namespace Shop.Rehearsal.Tests.CloudWatch;

public sealed class AlarmRuleTests
{
    [Theory]
    [InlineData("ALARM(bad)", true)]
    [InlineData("ALARM(good)", false)]
    [InlineData("OK(good) AND ALARM(bad)", true)]
    [InlineData("OK(bad) OR INSUFFICIENT_DATA(new)", true)]
    [InlineData("NOT ALARM(good)", true)]
    [InlineData("NOT (ALARM(bad) AND OK(good))", false)]
    [InlineData("ALARM(good) AND ALARM(good) OR ALARM(bad)", true)]
    [InlineData("ALARM(bad) OR ALARM(good) AND ALARM(good)", true)]
    [InlineData("(ALARM(bad) OR ALARM(good)) AND ALARM(good)", false)]
    [InlineData("NOT ALARM(good) AND NOT ALARM(bad)", false)]
    [InlineData("TRUE AND NOT FALSE", true)]
    [InlineData("ALARM(\"bad\") AND ALARM(arn:aws:cloudwatch:us-west-2:000000000000:alarm:bad)", true)]
    public void A_rule_is_met_by_the_states_of_its_alarms(string rule, bool met) =>
        Assert.Equal(met, AlarmRule.Parse(rule).IsMet(name => name switch
        {
            "bad" => AlarmValue.Alarm,
            "good" => AlarmValue.Ok,
            _ => AlarmValue.InsufficientData,
        }));

    [Theory]
    [InlineData("")]
    [InlineData("ALARM(a) AND")]
    [InlineData("ALARM(a) ALARM(b)")]
    [InlineData("(ALARM(a)")]
    [InlineData("ALARM(a))")]
    [InlineData("BROKEN(a)")]
    [InlineData("AND ALARM(a)")]
    public void What_is_not_a_rule_is_refused(string rule) =>
        Assert.StartsWith("AlarmRule:", Assert.Throws<FormatException>(() => AlarmRule.Parse(rule)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_rule_names_its_alarms() =>
        Assert.Equal(["a", "b"], AlarmRule.Parse("ALARM(a) AND (OK(b) OR OK(a))").Alarms.Order());
}
