namespace Shop.Reconciliation.Databases;

/// <summary>How a column's values are written as text, hashed and compared.</summary>
public enum ColumnKind
{
    Text,
    Number,
    Temporal,
    Binary,
    Bit,
    Json,
    Spatial,
}
