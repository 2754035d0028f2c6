"""Sorts incoming mail by the rules that each customer has written, and files the scans."""

from filing import file_scan
from mail import letters
from sorting import folder_for


def serve():
    folders = {"offers": [], "inbox": []}
    for customer, text in letters():
        folders[folder_for(customer, text)].append(file_scan(customer))
    return folders


if __name__ == "__main__":
    folders = serve()
    print(len(folders["offers"]))
