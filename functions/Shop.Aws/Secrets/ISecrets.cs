namespace Shop.Aws.Secrets;

/// <summary>Where a service gets the user name and password of a database or broker.</summary>
public interface ISecrets
{
    /// <param name="secretId">Name or ARN.</param>
    /// <param name="refresh">Asks again instead of using what is remembered: for when the password was refused, because it was rotated.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<Secret> GetAsync(string secretId, bool refresh = false, CancellationToken cancellationToken = default);
}
