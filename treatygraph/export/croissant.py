"""The tables of an export described as Croissant 1.0, by which data set searches and machine learning tools load them.

The form is that of https://docs.mlcommons.org/croissant/docs/croissant-spec.html: a file is a ``cr:FileObject`` with
its checksum, a table a ``cr:RecordSet``, a column a ``cr:Field`` that says out of which column of which file it comes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from treatygraph.export.writing import HOMEPAGE
from treatygraph.model.version import Edition

__all__ = ["croissant"]

_TYPES: Final = {"string": "sc:Text", "integer": "sc:Integer", "boolean": "sc:Boolean", "date": "sc:Date",
                 "number": "sc:Float"}  # fmt: skip
_CONTEXT: Final = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
"""The context that the specification prescribes."""


def croissant(descriptor: Mapping[str, Any], edition: Edition) -> dict[str, Any]:
    """The description, from the descriptor of the data package: one list of tables, told twice.

    Args:
        descriptor: what ``datapackage.json`` says.
        edition: the edition of the record.
    """
    tables = [resource for resource in descriptor["resources"] if "schema" in resource]
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": descriptor["name"],
        "description": descriptor["description"] or descriptor["title"],
        "url": HOMEPAGE,
        "license": descriptor["licenses"][0]["path"],
        "version": edition.version,
        "datePublished": edition.day,
        "creator": {"@type": "sc:Organization", "name": "treatygraph contributors", "url": HOMEPAGE},
        "citeAs": f"treatygraph contributors: {descriptor['title']}, version {edition.version}. {HOMEPAGE}",
        "isLiveDataset": False,
        "distribution": [_file(resource) for resource in tables],
        "recordSet": [_table(resource) for resource in tables],
    }


def _file(resource: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject", "@id": resource["path"], "name": resource["path"], "description": resource["title"],
        "contentUrl": resource["path"], "contentSize": f"{resource['bytes']} B",
        "encodingFormat": resource["mediatype"], "sha256": resource["hash"].removeprefix("sha256:"),
    }  # fmt: skip


def _table(resource: Mapping[str, Any]) -> dict[str, Any]:
    name, fields = resource["name"], resource["schema"]["fields"]
    key: Sequence[str] = resource["schema"].get("primaryKey", ())
    table = {"@type": "cr:RecordSet", "@id": name, "name": name, "description": resource["title"]}
    if key:
        table["key"] = [{"@id": f"{name}/{column}"} for column in key]
    table["field"] = [
        {
            "@type": "cr:Field", "@id": f"{name}/{field['name']}", "name": field["name"],
            "description": field["description"], "dataType": _TYPES[field["type"]],
            "source": {"fileObject": {"@id": resource["path"]}, "extract": {"column": field["name"]}},
        }
        for field in fields
    ]  # fmt: skip
    return table
