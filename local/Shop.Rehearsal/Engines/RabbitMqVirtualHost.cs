namespace Shop.Rehearsal.Engines;

/// <summary>A virtual host with the one user that may use it.</summary>
public sealed record RabbitMqVirtualHost(string Name, string User, string Password)
{
    /// <summary>Without the password, which a record would print.</summary>
    public override string ToString() => $"{User}@{Name}";
}
